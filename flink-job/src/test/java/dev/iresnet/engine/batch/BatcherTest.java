package dev.iresnet.engine.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BatcherTest {
    private static final Duration DELAY = Duration.ofNanos(100);
    private static final BatchTimes DEAR = BatchTimesTest.dear();

    @Test
    void givesNothingWhenNothingWaits() {
        Batcher<String> batcher = batcher(4, Duration.ZERO);

        assertThat(batcher.poll(0)).isEmpty();
        assertThat(batcher.nanosUntilDue(0)).isEqualTo(Batcher.NEVER);
    }

    @Test
    void withoutDelayTakesWhatIsReadyAtOnce() {
        Batcher<String> batcher = batcher(4, Duration.ZERO);
        batcher.add("a", 7);

        assertThat(batcher.nanosUntilDue(7)).isZero();
        assertThat(batcher.poll(7)).containsExactly("a");
        assertThat(batcher.poll(7)).isEmpty();
    }

    @Test
    void takesTheOldestAndLeavesTheRestWhenMoreThanABatchWaits() {
        Batcher<String> batcher = batcher(2, Duration.ZERO);
        List.of("a", "b", "c").forEach(item -> batcher.add(item, 0));

        assertThat(batcher.poll(0)).containsExactly("a", "b");
        batcher.done();
        assertThat(batcher.poll(0)).containsExactly("c");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 100})
    void onlyAFullBatchJoinsOneThatIsOnTheDevice(long delay) {
        Batcher<String> batcher = batcher(2, Duration.ofNanos(delay));
        List.of("a", "b", "c").forEach(item -> batcher.add(item, 0));
        assertThat(batcher.poll(0)).containsExactly("a", "b");

        assertThat(batcher.nanosUntilDue(5_000)).isEqualTo(Batcher.NEVER);
        assertThat(batcher.poll(5_000)).isEmpty();
        assertThat(batcher.add("d", 5_000)).isTrue();
        assertThat(batcher.poll(5_000)).containsExactly("c", "d");
    }

    @Test
    void whatIsNotFullIsDueWhenTheLastBatchComesBack() {
        Batcher<String> batcher = batcher(2, Duration.ZERO);
        List.of("a", "b", "c", "d", "e").forEach(item -> batcher.add(item, 0));
        batcher.poll(0);
        batcher.poll(0);

        assertThat(batcher.done()).isFalse();
        assertThat(batcher.poll(0)).isEmpty();
        assertThat(batcher.done()).isTrue();
        assertThat(batcher.poll(0)).containsExactly("e");
        assertThat(batcher.done()).isFalse();
    }

    // The origin of nanoTime is anywhere, and may lie within the run.
    @ParameterizedTest
    @ValueSource(longs = {0, -50, Long.MAX_VALUE - 50})
    void withDelayWaitsUntilTheOldestIsThatOldToTheNanosecond(long start) {
        Batcher<String> batcher = batcher(4, DELAY);
        batcher.add("a", start);
        batcher.add("b", start + 60);

        assertThat(batcher.nanosUntilDue(start)).isEqualTo(100);
        assertThat(batcher.nanosUntilDue(start + 60)).isEqualTo(40);
        assertThat(batcher.poll(start + 99)).isEmpty();
        assertThat(batcher.nanosUntilDue(start + 99)).isEqualTo(1);
        assertThat(batcher.poll(start + 100)).containsExactly("a", "b");
    }

    @Test
    void withDelayStillGoesAtOnceWhenFull() {
        Batcher<String> batcher = batcher(2, DELAY);
        batcher.add("a", 0);
        assertThat(batcher.poll(0)).isEmpty();
        batcher.add("b", 0);

        assertThat(batcher.poll(0)).containsExactly("a", "b");
    }

    @Test
    void theDelayOfWhatIsLeftBehindCountsFromItsOwnArrival() {
        Batcher<String> batcher = batcher(2, DELAY);
        batcher.add("a", 0);
        batcher.add("b", 10);
        batcher.add("c", 20);

        assertThat(batcher.poll(30)).containsExactly("a", "b");
        batcher.done();
        assertThat(batcher.nanosUntilDue(30)).isEqualTo(90);
        assertThat(batcher.poll(119)).isEmpty();
        assertThat(batcher.poll(120)).containsExactly("c");
    }

    @Test
    void anItemLateForItsDelayIsDueNow() {
        Batcher<String> batcher = batcher(2, DELAY);
        batcher.add("a", 0);

        assertThat(batcher.nanosUntilDue(5_000)).isZero();
    }

    @Test
    void tellsWhichAdditionsMayChangeWhenABatchIsDue() {
        Batcher<String> patient = batcher(3, DELAY);
        assertThat(patient.add("a", 0)).isTrue();
        assertThat(patient.add("b", 0)).isFalse();
        assertThat(patient.add("c", 0)).isTrue();

        Batcher<String> eager = batcher(2, Duration.ZERO);
        assertThat(eager.add("a", 0)).isTrue();
        eager.poll(0);
        assertThat(eager.add("b", 0)).isFalse();
        assertThat(eager.add("c", 0)).isTrue();
    }

    @Test
    void drainsWhatIsNotDue() {
        Batcher<String> batcher = batcher(4, DELAY);
        batcher.add("a", 0);
        batcher.add("b", 0);

        assertThat(batcher.drain()).containsExactly("a", "b");
        assertThat(batcher.size()).isZero();
    }

    @Test
    void takesHalfOfWhatWaitsWhereCompanyIsNotCheap() {
        Batcher<String> batcher = new Batcher<>(() -> 4, DEAR, Duration.ZERO);
        List.of("a", "b", "c").forEach(item -> batcher.add(item, 0));

        assertThat(batcher.poll(0)).containsExactly("a", "b");
        assertThat(batcher.done()).isTrue();
        assertThat(batcher.poll(0)).containsExactly("c");
    }

    @Test
    void takesAFullBatchAllTheSame() {
        Batcher<String> batcher = new Batcher<>(() -> 4, DEAR, Duration.ZERO);
        List.of("a", "b", "c", "d", "e").forEach(item -> batcher.add(item, 0));

        assertThat(batcher.poll(0)).containsExactly("a", "b", "c", "d");
    }

    @Test
    void takesAllThatWaitedForCompany() {
        Batcher<String> batcher = new Batcher<>(() -> 4, DEAR, DELAY);
        List.of("a", "b", "c").forEach(item -> batcher.add(item, 0));

        assertThat(batcher.poll(100)).containsExactly("a", "b", "c");
    }

    private static Batcher<String> batcher(int maxSize, Duration maxDelay) {
        return new Batcher<>(() -> maxSize, new BatchTimes(), maxDelay);
    }
}
