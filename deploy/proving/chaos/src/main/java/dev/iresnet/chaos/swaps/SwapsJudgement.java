package dev.iresnet.chaos.swaps;

import dev.iresnet.chaos.account.Accounting;
import java.util.ArrayList;
import java.util.List;

/** Holds a run against its rules. */
final class SwapsJudgement {
    /** By which any two versions must differ on each picture. */
    static final double LEAST_DIFFERENCE = 1e-3;

    /** Batches that may still be under way when a version is exchanged. */
    static final long LATE_BATCHES = 1;

    private SwapsJudgement() {}

    /** What does not hold; empty if everything does. */
    static List<String> violations(SwapsOptions options, SwapsOutcome outcome) {
        List<String> violations = new ArrayList<>(Accounting.violations(outcome.verdict()));
        SwapsOutcome.Findings findings = outcome.findings();
        ScoreAudit scores = findings.scores();
        if (scores.compared() == 0) {
            violations.add("no result was compared");
        }
        if (scores.wrongs() > 0) {
            violations.add(
                    "%d results are not of the version that they claim: %s"
                            .formatted(scores.wrongs(), scores.examples()));
        }
        if (scores.versions().size() < options.soundVersions()) {
            violations.add(
                    "only %d versions of %d labelled anything"
                            .formatted(scores.versions().size(), options.soundVersions()));
        }
        if (findings.leastDifference() <= LEAST_DIFFERENCE) {
            violations.add("two versions differ by no more than " + findings.leastDifference());
        }
        if (findings.succession().mixedBatches() > 0) {
            violations.add(findings.succession().mixedBatches() + " batches are of two versions");
        }
        if (findings.succession().mostLate() > LATE_BATCHES) {
            violations.add(
                    "after a change %d batches were still of another version"
                            .formatted(findings.succession().mostLate()));
        }
        outcome.surprises().forEach(surprise -> violations.add("unasked for: " + surprise));
        return violations;
    }
}
