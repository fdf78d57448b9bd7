package dev.iresnet.chaos.swaps;

import com.fasterxml.jackson.databind.JsonNode;
import dev.iresnet.chaos.harness.Accounting;
import dev.iresnet.chaos.harness.Report;
import dev.iresnet.proving.verify.Latencies;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Holds a run against its rules.
 *
 * @param soundVersions that were published, the first one among them
 * @param changes in order
 * @param scores of the results, held against those of the version that each claims
 * @param succession of versions
 * @param leastDifference between two versions on any picture
 * @param verdict the verifier's
 * @param failures what failed although nothing was done to it
 */
record SwapsReport(
        int soundVersions,
        List<Change> changes,
        ScoreAudit scores,
        Succession succession,
        double leastDifference,
        JsonNode verdict,
        List<String> failures) {

    /** By which any two versions must differ on each picture. */
    private static final double LEAST_DIFFERENCE = 1e-3;

    /** Batches that may still be under way when a version is exchanged. */
    private static final long LATE_BATCHES = 1;

    SwapsReport {
        changes = List.copyOf(changes);
        failures = List.copyOf(failures);
    }

    /** What does not hold; empty if everything does. */
    List<String> violations() {
        List<String> violations = new ArrayList<>(Accounting.violations(verdict));
        if (scores.compared() == 0) {
            violations.add("no result was compared");
        }
        if (scores.wrongs() > 0) {
            violations.add(
                    "%d results are not of the version that they claim: %s"
                            .formatted(scores.wrongs(), scores.examples()));
        }
        if (scores.versions().size() < soundVersions) {
            violations.add(
                    "only %d versions of %d labelled anything"
                            .formatted(scores.versions().size(), soundVersions));
        }
        if (leastDifference <= LEAST_DIFFERENCE) {
            violations.add("two versions differ by no more than " + leastDifference);
        }
        if (succession.mixedBatches() > 0) {
            violations.add(succession.mixedBatches() + " batches are of two versions");
        }
        if (succession.mostLate() > LATE_BATCHES) {
            violations.add(
                    "after a change %d batches were still of another version"
                            .formatted(succession.mostLate()));
        }
        violations.addAll(Accounting.unexpected(failures));
        return violations;
    }

    /**
     * The report.
     *
     * @param results everything that was labelled
     */
    Report report(String command, Instant began, Instant ended, List<Labelled> results) {
        return new Report(violations(), command, began, ended)
                .withFrames(verdict)
                .with(
                        "scores",
                        new Scores(
                                scores.compared(),
                                scores.wrongs(),
                                scores.furthest(),
                                ScoreAudit.TOLERANCE,
                                leastDifference,
                                scores.versions().size(),
                                succession.mixedBatches(),
                                succession.late(),
                                succession.mostLate()))
                .with("changes", took())
                .with("latencyToSendMillis", latencies(results));
    }

    private record Scores(
            long compared,
            long ofAnotherVersion,
            double furthestFromTheVersionClaimed,
            double tolerance,
            double leastDifferenceOfTwoVersions,
            int versionsThatLabelled,
            long batchesOfTwoVersions,
            long batchesAfterTheirVersion,
            long mostOfThemForOneChange) {}

    private record Took(long count, double secondsP50, double secondsMost) {}

    private Map<String, Took> took() {
        Map<String, Took> took = new LinkedHashMap<>();
        for (Change.Kind kind : Change.Kind.values()) {
            Latencies times = new Latencies();
            changes.stream()
                    .filter(change -> change.kind() == kind)
                    .forEach(change -> times.add(change.took()));
            took.put(
                    kind.member(),
                    new Took(times.count(), times.millis(0.5) / 1000, times.millis(1) / 1000));
        }
        return took;
    }

    private record Waited(long frames, double p50, double p99, double most) {

        static Waited of(Latencies latencies) {
            return new Waited(
                    latencies.count(),
                    latencies.millis(0.5),
                    latencies.millis(0.99),
                    latencies.millis(1));
        }
    }

    /**
     * From capture until the result was sent, by what was done to the model when the frame was
     * taken: from the moment when a version could be seen until it was taken or refused everywhere.
     */
    private Map<String, Waited> latencies(List<Labelled> results) {
        Map<String, Latencies> byKind = new LinkedHashMap<>();
        Latencies steady = new Latencies();
        byKind.put("steady", steady);
        for (Change.Kind kind : Change.Kind.values()) {
            byKind.put(kind.member(), new Latencies());
        }
        for (Labelled result : results) {
            Labelled.Times times = result.times();
            changes.stream()
                    .filter(change -> change.covers(times.capturedAt()))
                    .findFirst()
                    .map(change -> byKind.getOrDefault(change.kind().member(), steady))
                    .orElse(steady)
                    .add(Duration.between(times.capturedAt(), times.sentAt()));
        }
        Map<String, Waited> waited = new LinkedHashMap<>();
        byKind.forEach((kind, latencies) -> waited.put(kind, Waited.of(latencies)));
        return waited;
    }
}
