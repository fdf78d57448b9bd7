package dev.iresnet.cli.picture;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.cli.option.Json;
import dev.iresnet.evaluation.Evaluation;
import dev.iresnet.evaluation.Evaluation.OfClass;
import dev.iresnet.model.ModelDescription;
import java.util.List;
import java.util.Locale;

/**
 * An evaluation as it is printed.
 *
 * @param model that gave the answers
 * @param evaluation of them
 * @param failed pictures that could not be labelled
 */
record EvaluationReport(ModelDescription model, Evaluation evaluation, int failed) {
    private static final int WIDEST = 40;

    String toText() {
        StringBuilder text = new StringBuilder();
        text.append(
                "%s version %d (%s…)%n"
                        .formatted(model.name(), model.version(), model.digest().substring(0, 12)));
        row(text, "%-8s %,d%s", "pictures", evaluation.count(), failedText());
        row(text, "%-8s %.4f", "top-1", evaluation.top1());
        row(text, "%-8s %.4f", "top-5", evaluation.top5());
        List<OfClass> seen = evaluation.classes().stream().filter(c -> c.count() > 0).toList();
        int width = seen.stream().mapToInt(c -> c.label().length()).max().orElse(5);
        String label = "%n%-" + Math.min(Math.max(5, width), WIDEST) + "s";
        text.append(label.formatted("LABEL"))
                .append("  PICTURES   TOP-1   TOP-5  MOSTLY MISTAKEN FOR");
        for (OfClass c : seen) {
            text.append(label.formatted(c.label()));
            text.append(
                    String.format(
                            Locale.ROOT,
                            "  %8d  %.4f  %.4f  %s",
                            c.count(),
                            c.top1(),
                            c.top5(),
                            mistake(c)));
        }
        return text.append(System.lineSeparator()).toString().replaceAll(" +(?=\\R)", "");
    }

    private static void row(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format + "%n", values));
    }

    private String failedText() {
        return failed == 0 ? "" : ", and " + failed + " that could not be labelled";
    }

    private String mistake(OfClass c) {
        return c.mistakenFor()
                .map(other -> model.labels().get(other) + " (" + c.predicted().get(other) + ")")
                .orElse("");
    }

    String toJson() {
        ObjectNode json = Json.object();
        Json.putModel(json, model);
        json.put("count", evaluation.count());
        json.put("failed", failed);
        Json.put(json, "top1", evaluation.top1());
        Json.put(json, "top5", evaluation.top5());
        ArrayNode classes = json.putArray("classes");
        for (OfClass c : evaluation.classes()) {
            ObjectNode node = classes.addObject().put("label", c.label()).put("count", c.count());
            Json.put(node, "top1", c.top1());
            Json.put(node, "top5", c.top5());
        }
        return Json.indented(json);
    }
}
