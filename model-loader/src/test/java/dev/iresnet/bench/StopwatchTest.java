package dev.iresnet.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StopwatchTest {
    private final AtomicLong clock = new AtomicLong();
    private final Stopwatch stopwatch = new Stopwatch(clock::get);

    @Test
    void callsUntilTheTimeIsUp() {
        long[] times = stopwatch.time(() -> clock.addAndGet(100_000_000), 0.95);
        assertThat(times).hasSize(10).containsOnly(100_000_000L);
    }

    @Test
    void slowCallsAreTimedThreeTimes() {
        assertThat(stopwatch.time(() -> clock.addAndGet(5_000_000_000L), 1)).hasSize(3);
    }

    @Test
    void sortsTheTimes() {
        AtomicLong next = new AtomicLong(4);
        long[] times = stopwatch.time(() -> clock.addAndGet(next.decrementAndGet()), 6e-9);
        assertThat(times).containsExactly(1, 2, 3);
    }

    @Test
    void takesPercentilesByNearestRank() {
        long[] ten = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
        assertThat(Stopwatch.percentile(ten, 0.5)).isEqualTo(5);
        assertThat(Stopwatch.percentile(ten, 0.95)).isEqualTo(10);
        assertThat(Stopwatch.percentile(new long[] {7}, 0.5)).isEqualTo(7);
    }
}
