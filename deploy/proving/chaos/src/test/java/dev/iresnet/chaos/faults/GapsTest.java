package dev.iresnet.chaos.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GapsTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void theLongestIsFound() {
        assertThat(longest(0, 10, 1, 2, 6, 7, 9)).isEqualTo(4);
    }

    @Test
    void aGapThatBeganBeforeTheStretchCountsInFull() {
        assertThat(longest(5, 10, 1, 8, 9)).isEqualTo(7);
    }

    @Test
    void aGapThatEndsAfterTheStretchCountsUpToItsEnd() {
        assertThat(longest(0, 10, 1, 4, 20)).isEqualTo(6);
    }

    @Test
    void aStretchWithoutAnySightingIsOneGap() {
        assertThat(longest(0, 10)).isEqualTo(10);
        assertThat(longest(3, 10, 20)).isEqualTo(7);
        assertThat(longest(3, 10, 1)).isEqualTo(9);
    }

    @Test
    void sightingsAtTheEdgesCount() {
        assertThat(longest(0, 10, 0, 5, 10)).isEqualTo(5);
    }

    private static long longest(int from, int to, int... seen) {
        Gaps gaps = new Gaps(Arrays.stream(seen).mapToObj(START::plusSeconds).toList());
        Duration longest = gaps.longest(START.plusSeconds(from), START.plusSeconds(to));
        return longest.toSeconds();
    }
}
