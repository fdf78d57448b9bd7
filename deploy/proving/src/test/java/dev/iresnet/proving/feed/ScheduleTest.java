package dev.iresnet.proving.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    @Property(tries = 200)
    void framesAreDueInOrderAndAtTheirRate(
            @ForAll @IntRange(min = 1, max = 40) int cameras,
            @ForAll @DoubleRange(min = 0.01, max = 5_000) double rate,
            @ForAll long seed) {
        Arrivals.Periodic schedule = schedule(cameras, rate, seed);
        long nanosPerRound = Math.round(cameras * 1e9 / rate);

        Duration last = Duration.ZERO;
        for (long index = 0; index < 5L * cameras; index++) {
            Duration due = schedule.due(index);
            assertThat(due).isGreaterThanOrEqualTo(last);
            assertThat(schedule.due(index + cameras).minus(due).toNanos())
                    .isCloseTo(nanosPerRound, within(2L));
            last = due;
        }
        assertThat(schedule.due(cameras - 1).toNanos()).isLessThanOrEqualTo(nanosPerRound);
    }

    @Property(tries = 50)
    void eachCameraTakesItsFramesOneByOne(
            @ForAll @IntRange(min = 1, max = 20) int cameras, @ForAll long seed) {
        Arrivals.Periodic schedule = schedule(cameras, 10, seed);
        long[] next = new long[cameras];

        for (long index = 0; index < 4L * cameras; index++) {
            assertThat(schedule.frameNumber(index)).isEqualTo(next[schedule.camera(index)]++);
        }
        assertThat(next).containsOnly(4);
    }

    @Test
    void phasesDifferAndFollowTheSeed() {
        Set<Duration> phases = new HashSet<>();
        for (int camera = 0; camera < 16; camera++) {
            phases.add(schedule(16, 16, 1).due(camera));
        }

        assertThat(phases).hasSize(16);
        assertThat(schedule(16, 16, 1).due(3)).isEqualTo(schedule(16, 16, 1).due(3));
        assertThat(schedule(16, 16, 1).due(3)).isNotEqualTo(schedule(16, 16, 2).due(3));
    }

    @Test
    void withoutARateEverythingIsDueAtOnce() {
        assertThat(schedule(3, 0, 1).due(1_000)).isZero();
    }

    private static Arrivals.Periodic schedule(int cameras, double rate, long seed) {
        return new Arrivals.Periodic(new FeedPlan(cameras, rate, 100, seed), new Random(seed));
    }
}
