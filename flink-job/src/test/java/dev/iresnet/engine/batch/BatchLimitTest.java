package dev.iresnet.engine.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class BatchLimitTest {
    /** Any origin will do: this one overflows on the way. */
    private static final long START = Duration.ofNanos(Long.MAX_VALUE).toNanos() - 50;

    private final BatchLimit limit =
            new BatchLimit(32, Duration.ofNanos(100), Duration.ofNanos(400));

    @Test
    void isWhatIsConfiguredAsLongAsBatchesFit() {
        assertThat(limit.fitted(32, START)).isFalse();
        assertThat(limit.fitted(32, START + 1_000)).isFalse();

        assertThat(limit.current()).isEqualTo(32);
        assertThat(limit.splits()).isZero();
    }

    @Test
    void halvesWhatDidNotFitAndNeverForgetsASmallerBatchOfAnotherThread() {
        limit.overflowed(31, START);
        assertThat(limit.current()).isEqualTo(16);
        limit.overflowed(5, START);
        assertThat(limit.current()).isEqualTo(3);
        limit.overflowed(32, START);
        assertThat(limit.current()).isEqualTo(3);
        limit.overflowed(2, START);
        assertThat(limit.current()).isEqualTo(1);

        assertThat(limit.splits()).isEqualTo(4);
    }

    @Test
    void growsOnceAfterEachRestUpToWhatIsConfigured() {
        limit.overflowed(20, START);

        assertThat(limit.fitted(10, START + 99)).isFalse();
        assertThat(limit.fitted(10, START + 100)).isTrue();
        assertThat(limit.current()).isEqualTo(20);
        assertThat(limit.fitted(20, START + 199)).isFalse();
        assertThat(limit.fitted(20, START + 200)).isTrue();
        assertThat(limit.current()).isEqualTo(32);
        assertThat(limit.fitted(32, START + 900)).isFalse();
        assertThat(limit.current()).isEqualTo(32);
    }

    @Test
    void doesNotGrowOnBatchesThatWereNotFull() {
        limit.overflowed(32, START);

        assertThat(limit.fitted(15, START + 1_000)).isFalse();
        assertThat(limit.current()).isEqualTo(16);
    }

    @Test
    void restsLongerAfterEachVainAttemptUpToTheLongestRest() {
        limit.overflowed(32, START);
        assertThat(limit.fitted(16, START + 100)).isTrue();
        limit.overflowed(32, START + 110);
        assertThat(limit.fitted(16, START + 309)).isFalse();
        assertThat(limit.fitted(16, START + 310)).isTrue();
        limit.overflowed(32, START + 310);
        assertThat(limit.fitted(16, START + 709)).isFalse();
        assertThat(limit.fitted(16, START + 710)).isTrue();
        limit.overflowed(32, START + 710);
        assertThat(limit.fitted(16, START + 1_110)).isTrue();
    }

    @Test
    void restsTheShortestTimeAgainWhenTheShortageIsOver() {
        limit.overflowed(32, START);
        limit.fitted(16, START + 100);
        limit.overflowed(32, START + 100);
        limit.fitted(16, START + 300);
        // Held for a whole rest of 200.
        limit.fitted(32, START + 500);

        limit.overflowed(32, START + 600);

        assertThat(limit.fitted(16, START + 699)).isFalse();
        assertThat(limit.fitted(16, START + 700)).isTrue();
    }

    @Test
    void aShortageThatHalvesSeveralTimesInARowIsOneShortage() {
        limit.overflowed(32, START);
        limit.overflowed(16, START);
        limit.overflowed(8, START);

        assertThat(limit.fitted(4, START + 100)).isTrue();
    }
}
