package dev.iresnet.decoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class DecodingSpeedTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final long NANOS = SECOND.toNanos();
    private static final double SLOW = 400_000_000;

    private final DecodingSpeed speed = new DecodingSpeed();

    @Test
    void beginsAsASlowCore() {
        assertThat(speed.workIn(SECOND)).isEqualTo(SLOW);
        assertThat(DecodingSpeed.atMost(2_400_000_000L)).isEqualTo(Duration.ofSeconds(6));
    }

    @Test
    void followsWhatIsDecoded() {
        for (int i = 0; i < 100; i++) {
            speed.observe(1_000_000_000, NANOS);
        }
        assertThat(speed.workIn(SECOND)).isBetween(0.999e9, 1e9);
    }

    @Test
    void seesWithinSecondsThatAMachineHasBecomeSlower() {
        for (int i = 0; i < 1_000; i++) {
            speed.observe(1_000_000_000, NANOS);
        }
        for (int i = 0; i < 16; i++) {
            speed.observe(100_000_000, NANOS);
        }
        assertThat(speed.workIn(SECOND)).isLessThan(0.3e9);
    }

    @Test
    void countsEachByItsTimeSoThatSmallPicturesDoNotOutvoteLargeOnes() {
        speed.observe(1_000_000_000, NANOS);
        for (int i = 0; i < 100; i++) {
            speed.observe(1_000, NANOS / 100_000);
        }
        assertThat(speed.workIn(SECOND)).isBetween(0.69e9, 0.71e9);
    }

    @Test
    void cheapPicturesDoNotPromiseMoreThanDearOnesHold() {
        for (int i = 0; i < 1_000; i++) {
            speed.observe(1_000_000_000_000L, NANOS);
        }
        assertThat(speed.workIn(SECOND)).isEqualTo(4 * SLOW);
    }
}
