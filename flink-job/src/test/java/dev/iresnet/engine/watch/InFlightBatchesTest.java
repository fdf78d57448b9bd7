package dev.iresnet.engine.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class InFlightBatchesTest {
    private static final Instant SINCE = Instant.parse("2025-06-15T12:00:00Z");

    private final Thread one = new Thread(() -> {}, "one");
    private final Thread other = new Thread(() -> {}, "other");

    /** Looks every 10 ns; any origin will do: this one overflows on the way. */
    private long now = Duration.ofNanos(Long.MAX_VALUE).toNanos() - 50;

    private final InFlightBatches onDevice = new InFlightBatches(Duration.ofNanos(160), now);

    @Test
    void aBatchHangsOnceItHasTakenLongerThanItMay() {
        onDevice.began(one, 8, SINCE);

        assertThat(watch(10 + 160)).isFalse();
        onDevice.began(other, 3, SINCE);
        assertThat(onDevice.look(now + 1)).hasValue(new InFlightBatches.Hung(one, 8, SINCE));
        assertThat(onDevice.count()).isEqualTo(2);
    }

    @Test
    void countsFromTheBeginningOfEachBatch() {
        for (int i = 0; i < 10; i++) {
            onDevice.began(one, 8, SINCE);
            assertThat(watch(150)).isFalse();
            onDevice.ended(one);
            assertThat(onDevice.count()).isZero();
        }
        assertThat(watch(1_000)).isFalse();
    }

    /** The look that finds it comes late, as on a busy machine. */
    @Test
    void aBatchIsNotChargedWithTimeBeforeItsBeginning() {
        now += 19;
        onDevice.began(one, 8, SINCE);
        now += 1;
        assertThat(onDevice.look(now)).isEmpty();

        assertThat(watch(160)).isFalse();
        assertThat(watch(10)).isTrue();
    }

    @Test
    void timeInWhichTheProcessStoodStillIsNotTheDevices() {
        onDevice.began(one, 8, SINCE);
        watch(10 + 100);

        now += 1_000_000;
        assertThat(onDevice.look(now)).isEmpty();
        // Of the standstill two pauses count.
        assertThat(watch(40)).isFalse();
        assertThat(watch(10)).isTrue();
    }

    /** Whether something hangs at the end of {@code nanos}. */
    private boolean watch(long nanos) {
        boolean hangs = false;
        for (long end = now + nanos; now != end; ) {
            now += 10;
            hangs = onDevice.look(now).isPresent();
        }
        return hangs;
    }
}
