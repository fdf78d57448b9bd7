package dev.iresnet.engine.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.Condition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class ReadyQueueTest {
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void aClosedQueueTakesNothingAndGivesNothing() throws Exception {
        ReadyQueue<Integer> queue = queue(4, Duration.ZERO);

        assertThat(queue.close()).isEmpty();
        assertThat(queue.add(1)).isFalse();
        assertThat(queue.take()).isEmpty();
        assertThat(queue.close()).isEmpty();
    }

    @Test
    void closingHandsOutWhatNobodyHasTaken() {
        ReadyQueue<Integer> queue = queue(4, Duration.ofMinutes(1));
        queue.add(1);
        queue.add(2);

        assertThat(queue.close()).containsExactly(1, 2);
    }

    @Test
    void closingWakesAllThatWait() throws Exception {
        ReadyQueue<Integer> queue = queue(4, Duration.ZERO);
        List<Thread> waiting = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Thread taker = new Thread(() -> drain(queue));
            taker.start();
            waiting.add(taker);
        }
        Condition.await(
                "all wait",
                () -> waiting.stream().allMatch(t -> t.getState() == Thread.State.WAITING));

        queue.close();

        for (Thread taker : waiting) {
            taker.join(TimeUnit.SECONDS.toMillis(30));
            assertThat(taker.isAlive()).isFalse();
        }
    }

    // Waiters are told only of additions that matter: none may be missed.
    @ParameterizedTest
    @ValueSource(longs = {0, 20_000, 60_000_000_000L})
    void severalTakersMissNothingThatIsDue(long delayNanos) throws Exception {
        for (int run = 0; run < 200; run++) {
            BatchTimes times = run % 2 == 0 ? new BatchTimes() : BatchTimesTest.dear();
            ReadyQueue<Integer> queue = queue(3, times, Duration.ofNanos(delayNanos));
            List<Future<List<Integer>>> takers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                takers.add(threads.submit(() -> drain(queue)));
            }
            // A multiple of the batch's size, so that the longest delay leaves no rest.
            IntStream.range(0, 300).forEach(queue::add);
            Condition.await("all taken", queue::isEmpty);
            assertThat(queue.close()).isEmpty();
            List<Integer> taken = new ArrayList<>();
            for (Future<List<Integer>> taker : takers) {
                taken.addAll(taker.get(30, TimeUnit.SECONDS));
            }
            assertThat(taken)
                    .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 300).boxed().toList());
        }
    }

    private static ReadyQueue<Integer> queue(int maxSize, Duration maxDelay) {
        return queue(maxSize, new BatchTimes(), maxDelay);
    }

    private static ReadyQueue<Integer> queue(int maxSize, BatchTimes times, Duration maxDelay) {
        return new ReadyQueue<>(new Batcher<>(() -> maxSize, times, maxDelay), System::nanoTime);
    }

    private static List<Integer> drain(ReadyQueue<Integer> queue) {
        List<Integer> taken = new ArrayList<>();
        try {
            for (List<Integer> batch = queue.take(); !batch.isEmpty(); batch = queue.take()) {
                assertThat(batch).hasSizeLessThanOrEqualTo(3);
                taken.addAll(batch);
                queue.done();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return taken;
    }
}
