package dev.iresnet.chaos.resubmit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.chaos.growth.Gauge;
import dev.iresnet.chaos.growth.Reading;
import dev.iresnet.chaos.harness.Verdicts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class ResubmitReportTest {
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
    private static final String PROCESS = "taskmanager-1";

    private final Map<Gauge, IntToDoubleFunction> gauges = new EnumMap<>(Gauge.class);
    private final ObjectNode verdict = Verdicts.good();
    private int rounds = 20;

    ResubmitReportTest() {
        gauges.put(Gauge.LIVE_HEAP, round -> 20);
        gauges.put(Gauge.RESIDENT, round -> 1000);
        gauges.put(Gauge.THREADS, round -> 60);
        gauges.put(Gauge.HANDLES, round -> 150);
        gauges.put(Gauge.METASPACE, round -> 80);
        gauges.put(Gauge.CLASSES, round -> 14_000);
    }

    @Test
    void whereNothingStaysBehindAllIsFlat() {
        gauges.put(Gauge.METASPACE, round -> round < 5 ? 70 + 2 * round : 80);

        assertThat(violations()).isEmpty();
    }

    @Test
    void aClassLoaderThatStaysBehindIsFound() {
        gauges.put(Gauge.METASPACE, round -> 80 + 10 * round);
        gauges.put(Gauge.CLASSES, round -> 14_000 + 3000 * round);

        assertThat(violations())
                .hasSize(2)
                .anyMatch(one -> one.contains("metaspaceMb is not flat: GROWS"))
                .anyMatch(one -> one.contains("classes is not flat: GROWS"));
    }

    @Test
    void aThreadThatStaysBehindIsFound() {
        gauges.put(Gauge.THREADS, round -> 60 + round);

        assertThat(violations()).singleElement().asString().contains("threads", "GROWS");
    }

    @Test
    void aRoundThatIsMissingIsAViolation() {
        rounds = 19;

        assertThat(violations()).containsExactly("only 19 rounds of 20");
    }

    @Test
    void aDoubledFrameIsAViolation() {
        verdict.put("duplicated", 1);

        assertThat(violations()).containsExactly("duplicated: 1");
    }

    private List<String> violations() {
        List<Round> all = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            int round = i;
            Map<Gauge, Double> values = new EnumMap<>(Gauge.class);
            gauges.forEach((gauge, value) -> values.put(gauge, value.applyAsDouble(round)));
            all.add(new Round("job", AT, 300, 10, Map.of(PROCESS, new Reading(AT, values))));
        }
        return new ResubmitReport(20, 5, 50, all, verdict, List.of()).violations();
    }

    @Test
    void aReportHasItsFiguresByName() {
        Map<Gauge, Double> values = Map.of(Gauge.THREADS, 60.0, Gauge.LIVE_HEAP, 20.0);
        Round round = new Round("job", AT, 300, 10, Map.of(PROCESS, new Reading(AT, values)));
        ObjectNode json =
                new ResubmitReport(1, 0, 50, List.of(round), verdict, List.of())
                        .json("resubmit", AT, AT);

        assertThat(json.fieldNames())
                .toIterable()
                .contains("holds", "violations", "command", "began", "ended", "processors")
                .contains("ratePerSecond", "taskManagersLost", "rule", "frames", "processes");
        assertThat(json.path("processes").path(PROCESS).fieldNames())
                .toIterable()
                .contains("residentMb", "threads", "handles", "metaspaceMb", "liveHeapMb");
        assertThat(json.path("processes").path(PROCESS).path("liveHeapMb").path("slopeUnit"))
                .hasToString("\"MB/round\"");
        assertThat(json.path("rounds").path(0))
                .hasToString(
                        "{\"job\":\"job\",\"cancelledAt\":\"2026-01-01T00:00:00Z\",\"answered\":300,"
                                + "\"uncommitted\":10,\"taskmanager-1\":{\"threads\":60.0,"
                                + "\"liveHeapMb\":20.0}}");
    }
}
