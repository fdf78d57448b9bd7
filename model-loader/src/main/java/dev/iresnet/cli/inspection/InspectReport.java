package dev.iresnet.cli.inspection;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.cli.option.Json;
import dev.iresnet.evaluation.Drift;
import java.util.Locale;
import java.util.Optional;

/**
 * What {@code inspect} tells.
 *
 * @param facts that are known without running the network
 * @param kernels that run it on this machine
 * @param tree of its blocks, if they were to be looked at
 * @param check of the served form, if it was asked for
 */
record InspectReport(
        ModelFacts facts, String kernels, Optional<BlockTree> tree, Optional<CheckResult> check) {

    String toText() {
        return facts.toText()
                + "%-10s %s%n".formatted("kernels", kernels)
                + tree.map(BlockTree::toText).orElse("")
                + check.map(CheckResult::toText).orElse("");
    }

    String toJson() {
        ObjectNode json = facts.toJson();
        json.put("kernels", kernels);
        tree.ifPresent(known -> json.set("blocks", known.toJson()));
        check.ifPresent(known -> json.set("check", known.toJson()));
        return Json.indented(json);
    }

    /**
     * How much freezing, folding and precision move a model's probabilities.
     *
     * @param samples that were run
     * @param drift of the served form against the graph as written
     * @param boxes whether the model tells boxes
     */
    record CheckResult(String samples, Drift drift, boolean boxes) {

        String toText() {
            return String.format(
                    Locale.ROOT,
                    "check      served against written graph, over %s%n           largest"
                            + " difference of a %s %.2g, relative error %.2g, same %s %.2f%%%n%s",
                    samples,
                    boxes ? "box's score" : "probability",
                    drift.largest(),
                    drift.relativeError(),
                    boxes ? "boxes" : "best label",
                    100 * drift.agreement(),
                    boxes
                            ? String.format(
                                    Locale.ROOT,
                                    "           largest shift of an edge %.2g pixels%n",
                                    drift.largestShift())
                            : "");
        }

        ObjectNode toJson() {
            ObjectNode json =
                    Json.object().put("samples", samples).put("pictures", drift.pictures());
            Json.put(json, "maxAbsoluteError", drift.largest());
            Json.put(json, "relativeError", drift.relativeError());
            if (boxes) {
                Json.put(json, "boxesAgreement", drift.agreement());
                Json.put(json, "maxShift", drift.largestShift());
            } else {
                Json.put(json, "top1Agreement", drift.agreement());
            }
            return json;
        }
    }
}
