package dev.iresnet.chaos.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.chaos.harness.Accounting;
import dev.iresnet.chaos.harness.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Holds a run against what is promised.
 *
 * @param began when the paced feed did
 * @param ended when it had ended
 * @param gaps between sightings of committed results
 * @param bound of a stall
 * @param verdict the verifier's
 * @param failures what ended without having been made to
 * @param blocked partitions that a reader of committed records cannot read to the end
 */
record ChaosReport(
        Instant began,
        Instant ended,
        List<Incident> incidents,
        Gaps gaps,
        StallBound bound,
        JsonNode verdict,
        List<String> failures,
        List<String> blocked) {

    ChaosReport {
        incidents = List.copyOf(incidents);
        failures = List.copyOf(failures);
        blocked = List.copyOf(blocked);
    }

    /** Faults that bit. */
    private long bit() {
        return incidents.stream().filter(Incident::counts).count();
    }

    /** The longest time without a committed result, from this fault to the next. */
    private Duration stall(int index) {
        Instant next = index + 1 < incidents.size() ? incidents.get(index + 1).at() : ended;
        return gaps.longest(incidents.get(index).at(), next);
    }

    private Duration bound(int index) {
        Incident incident = incidents.get(index);
        return bound.of(incident.draw(), incident.proof().away());
    }

    /**
     * What does not hold; empty if everything does.
     *
     * @param faults that must have bitten
     */
    List<String> violations(int faults) {
        List<String> violations = new ArrayList<>(Accounting.violations(verdict));
        if (verdict.path("compared").asLong() == 0) {
            violations.add("no answer was held against the reference");
        }
        if (bit() < faults) {
            violations.add("only %d faults of %d bit".formatted(bit(), faults));
        }
        for (int i = 0; i < incidents.size(); i++) {
            String name = "fault %d, %s".formatted(i + 1, incidents.get(i).draw().kind());
            if (incidents.get(i).recovered().isEmpty()) {
                violations.add(name + ", was not recovered from");
            }
            if (stall(i).compareTo(bound(i)) > 0) {
                violations.add(
                        "%s: nothing was seen for %.1f s, at most %.1f s are promised"
                                .formatted(
                                        name, Report.seconds(stall(i)), Report.seconds(bound(i))));
            }
        }
        violations.addAll(Accounting.unexpected(failures));
        blocked.forEach(one -> violations.add("a transaction is left open: " + one));
        return violations;
    }

    /**
     * As JSON.
     *
     * @param faults that must have bitten
     * @param options of the run
     * @param feed what was fed
     */
    ObjectNode json(int faults, Record options, Record feed) {
        Report report = new Report(violations(faults));
        Report.tree(options)
                .properties()
                .forEach(option -> report.with(option.getKey(), option.getValue()));
        report.with("began", began).with("ended", ended);
        report.with("processors", Runtime.getRuntime().availableProcessors());
        verdict.properties().forEach(member -> report.with(member.getKey(), member.getValue()));
        report.json().set("shed", report.json().remove("stale"));
        return report.with("longestStallSeconds", gaps.longest(began, ended))
                .with("faultsThatBit", bit())
                .with("feed", feed)
                .with("hangingTransactions", blocked)
                .with("surprises", failures)
                .with("faults", IntStream.range(0, incidents.size()).mapToObj(this::fault).toList())
                .json();
    }

    private Map<String, Object> fault(int index) {
        Map<String, Object> members = incidents.get(index).members();
        members.put("secondsIntoRun", Duration.between(began, incidents.get(index).at()));
        members.put("stallSeconds", stall(index));
        members.put("stallBoundSeconds", bound(index));
        return members;
    }
}
