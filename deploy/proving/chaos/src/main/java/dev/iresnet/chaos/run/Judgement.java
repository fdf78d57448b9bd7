package dev.iresnet.chaos.run;

import dev.iresnet.chaos.account.Accounting;
import dev.iresnet.chaos.fault.StallBound;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Holds a run against what is promised. */
final class Judgement {
    private final Outcome outcome;
    private final StallBound bound;

    Judgement(Outcome outcome, StallBound bound) {
        this.outcome = outcome;
        this.bound = bound;
    }

    /** Faults that bit. */
    long bit() {
        return outcome.incidents().stream().filter(Incident::counts).count();
    }

    /** The longest time without a committed result, from this fault to the next. */
    Duration stall(int index) {
        List<Incident> incidents = outcome.incidents();
        Instant next =
                index + 1 < incidents.size() ? incidents.get(index + 1).at() : outcome.ended();
        return outcome.gaps().longest(incidents.get(index).at(), next);
    }

    Duration bound(int index) {
        Incident incident = outcome.incidents().get(index);
        return bound.of(incident.draw(), incident.proof().away());
    }

    Duration longestStall() {
        return outcome.gaps().longest(outcome.began(), outcome.ended());
    }

    /**
     * What does not hold; empty if everything does.
     *
     * @param faults that must have bitten
     */
    List<String> violations(int faults) {
        List<String> violations = new ArrayList<>(Accounting.violations(outcome.verdict()));
        if (outcome.verdict().path("compared").asLong() == 0) {
            violations.add("no answer was held against the reference");
        }
        if (bit() < faults) {
            violations.add("only %d faults of %d bit".formatted(bit(), faults));
        }
        incidents(violations);
        outcome.surprises().forEach(surprise -> violations.add("unasked for: " + surprise));
        outcome.blocked().forEach(one -> violations.add("a transaction is left open: " + one));
        return violations;
    }

    private void incidents(List<String> violations) {
        for (int i = 0; i < outcome.incidents().size(); i++) {
            Incident incident = outcome.incidents().get(i);
            String name = "fault %d, %s".formatted(i + 1, incident.draw().kind());
            if (incident.recovered().isEmpty()) {
                violations.add(name + ", was not recovered from");
            }
            if (stall(i).compareTo(bound(i)) > 0) {
                violations.add(
                        "%s: nothing was seen for %.1f s, at most %.1f s are promised"
                                .formatted(name, Seconds.of(stall(i)), Seconds.of(bound(i))));
            }
        }
    }
}
