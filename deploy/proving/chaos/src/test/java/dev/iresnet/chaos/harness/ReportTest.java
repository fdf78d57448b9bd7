package dev.iresnet.chaos.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {

    private record Row(Instant at, Duration took, double rate, Thread.State state) {}

    private static String json(Object value) {
        return new Report(List.of()).with("value", value).json().path("value").toString();
    }

    @Test
    void aRunHoldsIfNothingIsViolated() {
        assertThat(new Report(List.of()).json().path("holds").asBoolean()).isTrue();
        assertThat(new Report(List.of("lost: 1")).json().path("holds").asBoolean()).isFalse();
    }

    @Test
    void recordsBecomeObjectsWithTimesSecondsAndLowerCase() {
        Row row = new Row(Instant.EPOCH, Duration.ofMillis(1500), 2.00004, Thread.State.NEW);

        assertThat(json(row))
                .isEqualTo(
                        "{\"at\":\"1970-01-01T00:00:00Z\",\"took\":1.5,\"rate\":2.0,\"state\":\"new\"}");
    }

    @Test
    void smallNumbersKeepFourDigitsAndWhatIsNoNumberIsNull() {
        assertThat(json(1.23456e-7)).isEqualTo("1.235E-7");
        assertThat(json(1234.56789)).isEqualTo("1234.5679");
        assertThat(json(Double.NaN)).isEqualTo("null");
        assertThat(json(Map.of("infinite", 1 / 0.0))).isEqualTo("{\"infinite\":null}");
    }

    @Test
    void aReportKeepsOfAVerdictWhatItHasNotItself() {
        Report report =
                new Report(List.of()).withFrames(Verdicts.good().put("throughputPerSecond", 5));

        assertThat(report.json().path("frames").path("events").asInt()).isEqualTo(100);
        assertThat(report.json().path("frames").has("throughputPerSecond")).isFalse();
    }
}
