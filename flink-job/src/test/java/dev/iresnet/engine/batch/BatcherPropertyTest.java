package dev.iresnet.engine.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** The batcher's rule against any sequence of arrivals, pauses and free devices. */
final class BatcherPropertyTest {

    /**
     * What happens next: some time passes, then perhaps an item arrives, then perhaps a batch comes
     * back, then perhaps a poll.
     */
    record Step(long nanos, boolean arrives, boolean comesBack, boolean polls) {}

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Long> nanos = Arbitraries.longs().between(0, 40);
        Arbitrary<Boolean> either = Arbitraries.of(true, false);
        return Combinators.combine(nanos, either, either, either)
                .as(Step::new)
                .list()
                .ofMaxSize(200);
    }

    @Property(tries = 500)
    void followsItsRuleAtEveryMoment(
            @ForAll("steps") List<Step> steps,
            @ForAll @IntRange(min = 1, max = 9) int maxSize,
            @ForAll @LongRange(min = 0, max = 100) long delay,
            @ForAll boolean companyIsCheap,
            @ForAll long start) {
        BatchTimes times = companyIsCheap ? new BatchTimes() : BatchTimesTest.dear();
        Batcher<Integer> batcher = new Batcher<>(() -> maxSize, times, Duration.ofNanos(delay));
        List<Long> arrivals = new ArrayList<>();
        int served = 0;
        int onDevice = 0;
        long now = start;
        for (Step step : steps) {
            now += step.nanos();
            if (step.arrives()) {
                batcher.add(arrivals.size(), now);
                arrivals.add(now);
            }
            if (step.comesBack() && onDevice > 0) {
                batcher.done();
                onDevice--;
            }
            int waiting = arrivals.size() - served;
            boolean isOldEnough = waiting > 0 && now - arrivals.get(served) >= delay;
            boolean due = waiting >= maxSize || (onDevice == 0 && isOldEnough);
            assertThat(batcher.nanosUntilDue(now) == 0).isEqualTo(due);
            if (step.polls()) {
                List<Integer> batch = batcher.poll(now);
                int all = Math.min(waiting, maxSize);
                boolean half = delay == 0 && !companyIsCheap && waiting < maxSize;
                int expected = half ? (all + 1) / 2 : all;
                assertThat(batch).isEqualTo(numbers(served, served + (due ? expected : 0)));
                served += batch.size();
                onDevice += batch.isEmpty() ? 0 : 1;
            }
        }
        assertThat(batcher.drain()).isEqualTo(numbers(served, arrivals.size()));
    }

    @Property(tries = 500)
    void isDueExactlyWhenItSaysItWillBe(
            @ForAll @IntRange(min = 2, max = 9) int maxSize,
            @ForAll @LongRange(min = 1, max = 100_000) long delay,
            @ForAll @LongRange(min = 0, max = 99_999) long age,
            @ForAll long start) {
        Batcher<Integer> batcher =
                new Batcher<>(() -> maxSize, new BatchTimes(), Duration.ofNanos(delay));
        batcher.add(0, start);
        long now = start + Math.min(age, delay - 1);

        long due = now + batcher.nanosUntilDue(now);

        assertThat(batcher.poll(due - 1)).isEmpty();
        assertThat(batcher.poll(due)).containsExactly(0);
    }

    private static List<Integer> numbers(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }
}
