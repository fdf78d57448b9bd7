package dev.iresnet.proving.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LatenciesTest {
    private final Latencies latencies = new Latencies();

    @Test
    void quantilesAreExactToThreeDigits() {
        for (int millis = 5000; millis >= 1; millis--) {
            latencies.add(Duration.ofMillis(millis));
        }

        assertThat(latencies.count()).isEqualTo(5000);
        assertThat(latencies.millis(0.5)).isCloseTo(2500, within(2.5));
        assertThat(latencies.millis(0.99)).isCloseTo(4950, within(5.0));
        assertThat(latencies.millis(1)).isCloseTo(5000, within(5.0));
    }

    @Test
    void ofNothingThereIsNoQuantile() {
        assertThat(latencies.millis(0.5)).isNaN();
    }

    @Test
    void aNegativeOneOfClocksThatDifferCountsAsNone() {
        latencies.add(Duration.ofMillis(-1));

        assertThat(latencies.quantiles()).isEqualTo(new Quantiles(0, 0, 0));
    }
}
