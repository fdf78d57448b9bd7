package dev.iresnet.benchmark.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.benchmark.experiment.Conditions;
import dev.iresnet.benchmark.experiment.Findings;
import dev.iresnet.benchmark.stat.Figure;
import dev.iresnet.benchmark.stat.Sample;
import dev.iresnet.benchmark.stat.Target;
import dev.iresnet.benchmark.stat.Verdict;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run says at its end.
 *
 * @param command as it was given
 */
record ReportJson(String command, Machine machine, Conditions conditions, Instant began) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NOT_ASKED_FOR = "not asked for";

    /** The same of a run that is still under way: it is not {@code complete}, nor does it hold. */
    ObjectNode soFar(Findings findings, Instant now) {
        return report(findings, now).put("holds", false).put("complete", false);
    }

    /** {@code holds} is whether no figure missed its target and all can be believed. */
    ObjectNode report(Findings findings, Instant ended) {
        ObjectNode report = JSON.createObjectNode();
        report.put("holds", holds(findings));
        report.put("complete", true);
        report.put("command", command);
        report.put("began", began.toString()).put("ended", ended.toString());
        report.set("machine", JSON.valueToTree(machine));
        report.put("device", conditions.device().name());
        report.put("quick", !conditions.isFull());
        if (!conditions.isFull()) {
            report.put(
                    "note",
                    "%d rounds of %s s: for a look; figures that count take %d"
                            .formatted(
                                    conditions.rounds(),
                                    conditions.seconds(),
                                    Conditions.FULL.rounds()));
        }
        findings.impossible().forEach(report.putArray("impossible")::add);
        ObjectNode limits = report.putObject("limits");
        findings.limits().forEach((name, limit) -> limits.set(name, limit(limit)));
        ObjectNode ratios = report.putObject("ratios");
        for (Figure figure : Figure.values()) {
            ratios.set(figure.title(), ratio(figure, findings.ratios().get(figure)));
        }
        report.set("figures", findings.figures());
        return report;
    }

    private static boolean holds(Findings findings) {
        return findings.impossible().isEmpty()
                && findings.ratios().values().stream()
                        .noneMatch(finding -> finding.verdict() == Verdict.FAIL);
    }

    private static ObjectNode limit(Findings.Limit limit) {
        ObjectNode node = JSON.createObjectNode();
        node.put("unit", limit.unit());
        node.put("best", limit.best());
        node.put("median", limit.sample().median()).put("spread", limit.sample().spread());
        node.put("rounds", limit.sample().rounds().size());
        return node;
    }

    private static ObjectNode ratio(Figure figure, Findings.@Nullable Finding found) {
        Findings.Finding finding =
                found == null
                        ? new Findings.Finding(
                                List.of(),
                                Verdict.NOT_MEASURED,
                                NOT_ASKED_FOR,
                                JSON.createObjectNode())
                        : found;
        ObjectNode node = JSON.createObjectNode();
        node.put("verdict", finding.verdict().name());
        if (finding.rounds().isEmpty()) {
            node.putNull("median").putNull("spread");
        } else {
            Sample sample = new Sample(finding.rounds());
            node.put("median", sample.median()).put("spread", sample.spread());
        }
        node.put("rounds", finding.rounds().size());
        Target target = figure.target();
        node.putObject("target")
                .put(target.side() == Target.Side.AT_LEAST ? "atLeast" : "atMost", target.bound());
        node.put("meaning", figure.meaning());
        if (!finding.reason().isEmpty()) {
            node.put("reason", finding.reason());
        }
        finding.rounds().forEach(node.putArray("values")::add);
        node.set("details", finding.details());
        return node;
    }
}
