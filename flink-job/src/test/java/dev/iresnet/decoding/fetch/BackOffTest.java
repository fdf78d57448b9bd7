package dev.iresnet.decoding.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

final class BackOffTest {

    @Test
    void doublesUpToTheLongest() {
        BackOff backOff = new BackOff(Duration.ofMillis(100), Duration.ofSeconds(1), () -> 0);

        // Without luck it is half of 100, 200, 400, 800, 1000, 1000 ms.
        assertThat(List.of(1, 2, 3, 4, 5, 6))
                .extracting(n -> backOff.nanos(n) / 1_000_000)
                .containsExactly(50L, 100L, 200L, 400L, 500L, 500L);
    }

    @Property
    void staysWithinHalfAndWholeHoweverManyFailures(
            @ForAll @IntRange(min = 1) int failures,
            @ForAll @LongRange(min = 1, max = 3_600_000) long longestMillis,
            @ForAll @DoubleRange(min = 0, max = 0.99) double random) {
        Duration longest = Duration.ofMillis(longestMillis);
        BackOff backOff = new BackOff(Duration.ofMillis(100), longest, () -> random);
        long least = Math.min(Duration.ofMillis(50).toNanos(), longest.toNanos() / 2);

        assertThat(backOff.nanos(failures)).isBetween(least, longest.toNanos());
        assertThat(backOff.nanos(failures)).isLessThanOrEqualTo(backOff.nanos(failures | 1 << 20));
    }
}
