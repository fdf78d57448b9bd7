package dev.iresnet.chaos.flood;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.iresnet.chaos.harness.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final CameraCounters.Figures FLOOD =
            new CameraCounters.Figures(500, 5000, 300, 600);

    @Test
    void ratiosAreMediansOverTheRepetitions() {
        Comparison comparison =
                new Comparison(
                        Device.STEADY,
                        2,
                        List.of(alone(100), alone(100), alone(200)),
                        List.of(flooded(150, 0), flooded(900, 0), flooded(380, 0)));

        assertThat(comparison.p99()).isEqualTo(new Comparison.Ratio(1.5, 1.9, 9));
        assertThat(comparison.within()).isTrue();
    }

    @Test
    void moreThanTwiceIsNotWithin() {
        assertThat(of(alone(100), flooded(201, 0)).within()).isFalse();
    }

    /** Frames that are shed have no latency, so that shedding would make the p99 look good. */
    @Test
    void othersThatAreShedAreNotWithin() {
        Comparison comparison = of(alone(100), flooded(100, 50));

        assertThat(comparison.othersShed()).isGreaterThan(0.04);
        assertThat(comparison.within()).isFalse();
    }

    @Test
    void aFloodOfWhichNothingIsShedIsNone() {
        Comparison.Stretch mild = stretch(100, 0, new CameraCounters.Figures(5500, 0, 100, 100));

        assertThat(of(alone(100), mild).within()).isFalse();
    }

    @Test
    void othersOfWhomNothingIsLabelledAreNotWithin() {
        Comparison.Stretch dead =
                new Comparison.Stretch(
                        Instant.EPOCH,
                        new CameraCounters.Figures(0, 0, Double.NaN, Double.NaN),
                        FLOOD,
                        Map.of(),
                        Duration.ZERO);

        assertThat(of(alone(100), dead).within()).isFalse();
    }

    private static Comparison of(Comparison.Stretch alone, Comparison.Stretch flooded) {
        return new Comparison(Device.CPU, 2, List.of(alone), List.of(flooded));
    }

    private static Comparison.Stretch alone(double p99) {
        return stretch(p99, 0, null);
    }

    private static Comparison.Stretch flooded(double p99, long shed) {
        return stretch(p99, shed, FLOOD);
    }

    @SuppressWarnings("NullAway") // it does not see the annotation of a compact constructor
    private static Comparison.Stretch stretch(
            double p99, long shed, CameraCounters.@Nullable Figures flood) {
        return new Comparison.Stretch(
                Instant.EPOCH,
                new CameraCounters.Figures(1000, shed, p99 / 2, p99),
                flood,
                Map.of("SHARE", 5000L),
                Duration.ZERO);
    }

    @Test
    void aReportHasItsFiguresByName() {
        Report report =
                new Report(List.of()).with("cpu", of(alone(100), flooded(150, 0)).members(500));
        JsonNode json = report.json().path("cpu");

        assertThat(json.fieldNames())
                .toIterable()
                .containsExactly(
                        "within",
                        "batchMaxSize",
                        "capacityPerSecond",
                        "ratePerSecond",
                        "p50Ratio",
                        "p99Ratio",
                        "othersShedShareMost",
                        "alone",
                        "flooded");
        assertThat(json.path("flooded").path(0).path("flood"))
                .hasToString(
                        "{\"labeled\":500,\"shed\":5000,\"p50Millis\":300.0,\"p99Millis\":600.0}");
        assertThat(json.path("alone").path(0).fieldNames())
                .toIterable()
                .contains("began", "others", "shedByReason", "feedMostBehindSeconds");
        assertThat(json.path("p99Ratio"))
                .hasToString("{\"least\":1.5,\"median\":1.5,\"most\":1.5}");
    }
}
