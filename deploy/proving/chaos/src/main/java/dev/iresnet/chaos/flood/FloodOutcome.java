package dev.iresnet.chaos.flood;

import com.fasterxml.jackson.databind.JsonNode;
import dev.iresnet.chaos.account.Accounting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How a run went.
 *
 * @param verdict the verifier's
 * @param surprises what failed although nothing was done to it
 */
record FloodOutcome(Measured measured, Instant ended, JsonNode verdict, List<String> surprises) {

    FloodOutcome {
        surprises = List.copyOf(surprises);
    }

    /**
     * The figures.
     *
     * @param capacityPerSecond of the processors, as measured before
     * @param comparisons one a device
     */
    record Measured(Instant began, double capacityPerSecond, List<Comparison> comparisons) {

        Measured {
            comparisons = List.copyOf(comparisons);
        }
    }

    /** What does not hold; empty if everything does. */
    List<String> violations() {
        List<String> violations = new ArrayList<>(Accounting.violations(verdict));
        for (Comparison one : measured.comparisons()) {
            if (!one.isWithin()) {
                violations.add(
                        "%s: others under the flood take %.2f (p50) and %.2f (p99) times what they take alone, and at most %.1f%% of them are shed%s"
                                .formatted(
                                        one.device(),
                                        one.p50().median(),
                                        one.p99().median(),
                                        100 * one.othersShed(),
                                        one.isFlooded() ? "" : "; the flood was not one"));
            }
        }
        surprises.forEach(surprise -> violations.add("unasked for: " + surprise));
        return violations;
    }
}
