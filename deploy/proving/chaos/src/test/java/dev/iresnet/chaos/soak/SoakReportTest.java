package dev.iresnet.chaos.soak;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.chaos.growth.Gauge;
import dev.iresnet.chaos.growth.Reading;
import dev.iresnet.chaos.harness.SeenResults;
import dev.iresnet.chaos.harness.Verdicts;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class SoakReportTest {
    private static final Instant BEGAN = Instant.parse("2026-01-01T00:00:00Z");
    private static final String PROCESS = "taskmanager-1";

    private final Timetable timetable = new Timetable(BEGAN, Duration.ofMinutes(20), 4);
    private final Map<Gauge, DoubleUnaryOperator> gauges = new EnumMap<>(Gauge.class);
    private final ObjectNode verdict = Verdicts.good();
    private DoubleUnaryOperator latency = minute -> 40;
    private DoubleUnaryOperator state = minute -> 300;
    private DoubleUnaryOperator checkpoint = minute -> 2;
    private int heapBefore = 28;
    private int heapAfter = 28;
    private List<String> surprises = List.of();

    SoakReportTest() {
        gauges.put(Gauge.RESIDENT, minute -> 1100);
        gauges.put(Gauge.THREADS, minute -> 76);
        gauges.put(Gauge.HANDLES, minute -> 163);
        gauges.put(Gauge.METASPACE, minute -> 84);
        gauges.put(Gauge.DIRECT, minute -> 40);
    }

    @Test
    void aSoakInWhichNothingGrowsIsFlat() {
        assertThat(violations()).isEmpty();
    }

    @Test
    void whatGrowsInTheWarmUpOnlyIsFlat() {
        gauges.put(Gauge.RESIDENT, minute -> 1100 + 40 * Math.min(minute, 4));

        assertThat(violations()).isEmpty();
    }

    @Test
    void twentyBytesOfLeakAFrameAreFound() {
        double megabytesAMinute = 20.0 * 1000 * 60 / (1 << 20);
        gauges.put(Gauge.RESIDENT, minute -> 1100 + megabytesAMinute * minute);

        assertThat(violations())
                .singleElement()
                .asString()
                .contains("taskmanager-1", "residentMb", "GROWS");
    }

    @Test
    void aHandleOrAThreadWithEachCheckpointIsFound() {
        gauges.put(Gauge.HANDLES, minute -> 163 + 60 * minute);
        gauges.put(Gauge.THREADS, minute -> 76 + 60 * minute);

        assertThat(violations()).hasSize(2);
    }

    @Test
    void aQueueThatBuildsUpIsFound() {
        latency = minute -> 40 + 100 * minute;

        assertThat(violations()).singleElement().asString().contains("p99Millis", "GROWS");
    }

    @Test
    void aGaugeThatNobodyCouldReadIsNotFlat() {
        gauges.remove(Gauge.METASPACE);

        assertThat(violations()).singleElement().asString().contains("metaspaceMb", "UNCLEAR");
    }

    @Test
    void aHeapThatFillsUpIsFound() {
        heapAfter = 37;

        assertThat(violations()).singleElement().asString().contains("9 MB more of the heap");
    }

    @Test
    void ofALargeHeapThreeInAHundredAreLetThrough() {
        heapBefore = 500;
        heapAfter = 515;
        assertThat(violations()).isEmpty();

        heapAfter = 516;
        assertThat(violations()).singleElement().asString().contains("15 are let through");
    }

    @Test
    void aCameraThatIsNeverForgottenIsFound() {
        state = minute -> 300 + minute;

        assertThat(violations()).singleElement().asString().contains("job: stateMb", "GROWS");
    }

    @Test
    void checkpointsThatTakeLongerAndLongerAreFound() {
        checkpoint = minute -> 2 + 0.2 * minute;

        assertThat(violations())
                .singleElement()
                .asString()
                .contains("job: checkpointSeconds", "GROWS");
    }

    @Test
    void aLostFrameAndAProcessThatEndedAreViolations() {
        verdict.put("lost", 1);
        surprises = List.of("taskmanager-1 ended by itself with status 86");

        assertThat(violations())
                .containsExactly(
                        "lost: 1", "unexpected: taskmanager-1 ended by itself with status 86");
    }

    private List<String> violations() {
        Log log = new Log(timetable);
        for (int row = 0; row < timetable.rows(); row++) {
            double minute = row;
            Instant at = timetable.start(row).plusSeconds(30);
            Map<Gauge, Double> values = new EnumMap<>(Gauge.class);
            gauges.forEach((gauge, value) -> values.put(gauge, value.applyAsDouble(minute)));
            log.add(PROCESS, new Reading(at, values));
            log.add(
                    SoakReport.JOB,
                    new Reading(
                            at,
                            Map.of(
                                    Gauge.STATE,
                                    state.applyAsDouble(minute),
                                    Gauge.CHECKPOINT,
                                    checkpoint.applyAsDouble(minute))));
            Instant captured = at.minusMillis((long) latency.applyAsDouble(minute));
            log.add(SeenResults.seen("camera-1", true, captured, at, at));
        }
        return new SoakReport(
                        log,
                        Map.of(PROCESS, heapBefore),
                        Map.of(PROCESS, heapAfter),
                        verdict,
                        surprises,
                        Soak.CONDITIONS.fresh())
                .violations();
    }

    @Test
    void aReportHasItsFiguresByName() {
        Log log = new Log(timetable);
        log.add(PROCESS, new Reading(BEGAN.plusSeconds(61), Map.of(Gauge.HEAP, 10.0)));
        log.add(PROCESS, new Reading(BEGAN.plusSeconds(62), Map.of(Gauge.HEAP, 20.0)));
        ObjectNode json =
                new SoakReport(
                                log,
                                Map.of(PROCESS, 28),
                                Map.of(PROCESS, 30),
                                verdict,
                                List.of(),
                                Soak.CONDITIONS.fresh())
                        .report("soak")
                        .json();

        assertThat(json.fieldNames())
                .toIterable()
                .contains("holds", "violations", "command", "began", "measuredFrom", "ended")
                .contains("frames", "rule", "freshFramesP99", "checkpoints", "processes", "rows");
        assertThat(json.path("processes").path(PROCESS).path("liveHeapMb").toString())
                .isEqualTo("{\"before\":28,\"after\":30}");
        assertThat(json.path("processes").path(PROCESS).path("threads").fieldNames())
                .toIterable()
                .containsExactly(
                        "verdict",
                        "points",
                        "level",
                        "slope",
                        "slopeReach95",
                        "slopeUnit",
                        "growth",
                        "allowance",
                        "allowanceBecause");
        JsonNode row = json.path("rows").path(1);
        assertThat(row.fieldNames())
                .toIterable()
                .contains("from", "warmUp", "labeled", "shed", "p50Millis", "p99Millis")
                .contains("seenP50Millis", "seenP99Millis");
        assertThat(row.path(PROCESS).path("heapMb").asDouble()).isEqualTo(15);
        assertThat(row.path(PROCESS).path("heapLeastMb").asDouble()).isEqualTo(10);
    }
}
