package dev.iresnet.chaos.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.chaos.harness.FlinkConfig;
import dev.iresnet.chaos.harness.FlinkJob;
import dev.iresnet.chaos.harness.Verdicts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChaosReportTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final int LENGTH = 120;
    private static final Optional<FlinkJob.Restored> RESTORED =
            Optional.of(new FlinkJob.Restored(7, false, START.plusSeconds(22), "chk-7"));

    private final ObjectNode verdict =
            Verdicts.good()
                    .put("labeled", 90)
                    .put("stale", 0)
                    .put("deadLettered", 10)
                    .put("compared", 100);

    @Test
    void aGoodRunHasNoViolations() {
        assertThat(violations(everySecond(), killed(true, 5, RESTORED))).isEmpty();
    }

    @Test
    void whatTheVerifierFindsIsAViolation() {
        verdict.put("lost", 1).put("wrong", 2);

        assertThat(violations(everySecond(), killed(true, 5, RESTORED)))
                .containsExactly("lost: 1", "wrong: 2");
    }

    @Test
    void aVerdictThatDoesNotSayIsAViolation() {
        verdict.remove("reordered");

        assertThat(violations(everySecond(), killed(true, 5, RESTORED)))
                .containsExactly("reordered: -1");
    }

    @Test
    void framesWithoutAnAnswerAreAViolation() {
        verdict.put("labeled", 89);

        assertThat(violations(everySecond(), killed(true, 5, RESTORED)))
                .containsExactly(
                        "100 frames were produced, and 99 are labelled, shed or dead letters");
    }

    @Test
    void aReferenceThatNobodyAskedIsAViolation() {
        verdict.put("compared", 0);

        assertThat(violations(everySecond(), killed(true, 5, RESTORED)))
                .containsExactly("no answer was held against the reference");
    }

    @Test
    void aFaultWithoutProofDoesNotCount() {
        assertThat(violations(everySecond(), killed(false, 5, RESTORED)))
                .containsExactly("only 0 faults of 1 bit");
    }

    @Test
    void aFaultThatMetNoFrameDoesNotCount() {
        assertThat(violations(everySecond(), killed(true, 0, RESTORED)))
                .containsExactly("only 0 faults of 1 bit");
    }

    @Test
    void aKillAfterWhichNothingWasRestoredDoesNotCount() {
        assertThat(violations(everySecond(), killed(true, 5, Optional.empty())))
                .containsExactly("only 0 faults of 1 bit");
    }

    @Test
    void aStallThatIsTooLongIsAViolationOfItsFault() {
        List<Instant> seen =
                everySecond().stream()
                        .filter(
                                at ->
                                        at.isBefore(START.plusSeconds(20))
                                                || at.isAfter(START.plusSeconds(50)))
                        .toList();

        assertThat(violations(seen, killed(true, 5, RESTORED)))
                .containsExactly(
                        "fault 1, KILL_TASK_MANAGER: nothing was seen for 32.0 s, at most 27.0 s"
                                + " are promised");
    }

    @Test
    void surprisesAndOpenTransactionsAreViolations() {
        ChaosReport report =
                report(
                        everySecond(),
                        killed(true, 5, RESTORED),
                        List.of("taskmanager-1 ended by itself"),
                        List.of("labeled-results-0 can be read up to 5 of 9"));

        assertThat(report.violations(1))
                .containsExactly(
                        "unexpected: taskmanager-1 ended by itself",
                        "a transaction is left open: labeled-results-0 can be read up to 5 of 9");
    }

    private List<String> violations(List<Instant> sightings, Incident incident) {
        return report(sightings, incident, List.of(), List.of()).violations(1);
    }

    private ChaosReport report(
            List<Instant> sightings,
            Incident incident,
            List<String> failures,
            List<String> blocked) {
        FlinkConfig.Times times =
                new FlinkConfig.Times(
                        Duration.ofSeconds(6),
                        Duration.ofSeconds(6),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1));
        return new ChaosReport(
                START,
                START.plusSeconds(LENGTH),
                List.of(incident),
                new Gaps(sightings),
                new StallBound(times),
                verdict,
                failures,
                blocked);
    }

    private static List<Instant> everySecond() {
        return IntStream.rangeClosed(0, LENGTH).mapToObj(START::plusSeconds).toList();
    }

    private static Incident killed(
            boolean bit, long uncommitted, Optional<FlinkJob.Restored> restored) {
        Instant at = START.plusSeconds(20);
        return new Incident(
                new Draw(FaultKind.KILL_TASK_MANAGER, Duration.ZERO, Duration.ofSeconds(1), 0),
                at,
                3,
                uncommitted,
                new Proof(bit, "taskmanager-1", "status 137", Duration.ZERO, at),
                restored,
                Optional.of(Duration.ofSeconds(8)));
    }

    private record Options(long seed) {}

    @Test
    void aReportHasItsFiguresByName() {
        ObjectNode json =
                report(everySecond(), killed(true, 5, RESTORED), List.of(), List.of())
                        .json(1, new Options(7), new Options(8));

        assertThat(json.fieldNames())
                .toIterable()
                .contains("holds", "violations", "seed", "began", "ended", "processors")
                .contains("events", "labeled", "deadLettered", "shed", "lost", "duplicated")
                .contains("reordered", "wrong", "compared", "longestStallSeconds")
                .contains("faultsThatBit", "feed", "hangingTransactions", "surprises")
                .doesNotContain("stale");
        JsonNode fault = json.path("faults").path(0);
        assertThat(fault.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "kind",
                        "at",
                        "lengthSeconds",
                        "awaySeconds",
                        "target",
                        "bit",
                        "proof",
                        "framesInFlight",
                        "framesUncommitted",
                        "restoredFrom",
                        "recoveredAfterSeconds",
                        "secondsIntoRun",
                        "stallSeconds",
                        "stallBoundSeconds");
        assertThat(fault.path("kind").asText()).isEqualTo("kill_task_manager");
        assertThat(fault.path("recoveredAfterSeconds").asDouble()).isEqualTo(8);
        assertThat(fault.path("restoredFrom").path("checkpoint").asLong()).isEqualTo(7);
    }
}
