package dev.iresnet.chaos.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LatenciesTest {
    private final Latencies latencies = new Latencies();

    @Test
    void quantilesAreExact() {
        for (int millis = 5000; millis >= 1; millis--) {
            latencies.add(Duration.ofMillis(millis));
        }

        assertThat(latencies.count()).isEqualTo(5000);
        assertThat(latencies.quantileMillis(0.5)).isEqualTo(2500);
        assertThat(latencies.quantileMillis(0.99)).isEqualTo(4950);
        assertThat(latencies.quantileMillis(1)).isEqualTo(5000);
    }

    @Test
    void ofNothingThereIsNoQuantile() {
        assertThat(latencies.quantileMillis(0.5)).isNaN();
    }
}
