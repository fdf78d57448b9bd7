package dev.iresnet.chaos.flood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.iresnet.chaos.harness.ResultStream;
import dev.iresnet.chaos.harness.SeenResults;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CameraCountersTest {
    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    private final CameraCounters counters = new CameraCounters();

    @Test
    void resultsCountForTheStretchOfTheirCamera() {
        CameraCounters.Counter others = counters.begin("STEADY1beside", FROM);
        CameraCounters.Counter flood = counters.begin("STEADY1flood", FROM);

        counters.add(result("STEADY1beside-camera-3", true, FROM));
        counters.add(result("STEADY1flood-camera-1", false, FROM));
        counters.add(result("warm-camera-1", true, FROM));
        counters.add(result("nobody", true, FROM));

        assertThat(others.figures().labeled()).isEqualTo(1);
        assertThat(others.figures().shed()).isZero();
        assertThat(others.figures().p50Millis()).isCloseTo(50, within(0.05));
        assertThat(others.figures().p99Millis()).isCloseTo(50, within(0.05));
        assertThat(flood.figures().shed()).isEqualTo(1);
        assertThat(flood.figures().labeled()).isZero();
    }

    @Test
    void framesOfTheLeadDoNotCount() {
        CameraCounters.Counter counter = counters.begin("CPU1alone", FROM);

        counters.add(result("CPU1alone-camera-1", true, FROM.minusMillis(1)));

        assertThat(counter.figures().labeled()).isZero();
    }

    private static ResultStream.Seen result(String camera, boolean fresh, Instant captured) {
        return SeenResults.seen(
                camera, fresh, captured, captured.plusMillis(50), captured.plusSeconds(1));
    }
}
