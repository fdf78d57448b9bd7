package dev.iresnet.cli.picture;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.cli.option.Json;
import dev.iresnet.evaluation.AveragePrecision;
import dev.iresnet.model.ModelDescription;
import java.util.Locale;

/**
 * How good a detector is, as it is printed.
 *
 * @param model that found the boxes
 * @param precision of them
 * @param failed pictures that could not be looked at
 */
record DetectionReport(ModelDescription model, AveragePrecision precision, int failed) {

    String toText() {
        StringBuilder text = new StringBuilder();
        row(
                text,
                "%s version %d (%s…)",
                model.name(),
                model.version(),
                model.digest().substring(0, 12));
        row(
                text,
                "%-14s %,d%s",
                "pictures",
                precision.pictures(),
                failed == 0 ? "" : ", and " + failed + " that could not be looked at");
        row(text, "%-14s %.4f", "mAP@0.5", precision.mean50());
        row(text, "%-14s %.4f", "mAP@[.5:.95]", precision.mean());
        row(text, "%8s  %8s  %12s  %s", "OBJECTS", "AP@0.5", "AP@[.5:.95]", "LABEL");
        for (int i = 0; i < model.labels().size(); i++) {
            if (precision.objects(i) > 0) {
                row(
                        text,
                        "%8d  %8.4f  %12.4f  %s",
                        precision.objects(i),
                        precision.at50(i),
                        precision.mean(i),
                        model.labels().get(i));
            }
        }
        return text.toString();
    }

    private static void row(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format + "%n", values));
    }

    String toJson() {
        ObjectNode json = Json.object();
        Json.putModel(json, model);
        json.put("count", precision.pictures());
        json.put("failed", failed);
        Json.put(json, "map50", precision.mean50());
        Json.put(json, "map", precision.mean());
        ArrayNode classes = json.putArray("classes");
        for (int i = 0; i < model.labels().size(); i++) {
            ObjectNode node =
                    classes.addObject()
                            .put("label", model.labels().get(i))
                            .put("count", precision.objects(i));
            Json.put(node, "ap50", precision.at50(i));
            Json.put(node, "ap", precision.mean(i));
        }
        return Json.indented(json);
    }
}
