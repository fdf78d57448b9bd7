package dev.iresnet.model.card;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.model.DetectionRule;
import dev.iresnet.zoo.DefaultBoxes;
import dev.iresnet.zoo.Head;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The parts of {@code model.json} that only detectors have. */
final class DetectorJson {
    private static final int LARGEST = 1 << 16;

    private DetectorJson() {}

    static void write(DetectionRule rule, ObjectNode node) {
        node.put("minScore", rule.minScore())
                .put("iou", rule.iou())
                .put("maxBoxes", rule.maxBoxes())
                .put("candidates", rule.candidates());
    }

    /** Empty if it is wrong; the mistakes are collected in {@code node}. */
    static Optional<DetectionRule> rule(JsonFields node) {
        float minScore = node.share("minScore");
        float iou = node.share("iou");
        int maxBoxes = node.integer("maxBoxes", 1, DetectionRule.MOST);
        int candidates = node.integer("candidates", 1, DetectionRule.MOST);
        node.refuseOthers();
        return node.valid("", () -> new DetectionRule(minScore, iou, maxBoxes, candidates));
    }

    static void write(ServedDetections served, ObjectNode node) {
        node.put("boxes", served.boxes())
                .put("format", served.format().name())
                .put("scores", served.scores())
                .put("kind", served.kind().name())
                .put("firstClass", served.firstClass());
        served.chosen()
                .ifPresent(
                        chosen ->
                                node.put("classes", chosen.classes()).put("count", chosen.count()));
    }

    /** Empty if it is wrong; the mistakes are collected in {@code node}. */
    static Optional<ServedDetections> detections(JsonFields node) {
        String boxes = node.text("boxes");
        BoxFormat format = node.constant("format", BoxFormat.REL_YXYX);
        String scores = node.text("scores");
        ServedSignature.Kind kind = node.constant("kind", ServedSignature.Kind.LOGITS);
        int first = node.integer("firstClass", 0, ServedDetections.LAST_CLASS);
        Optional<ServedDetections.Chosen> chosen =
                node.has("classes") || node.has("count")
                        ? Optional.of(
                                new ServedDetections.Chosen(
                                        node.text("classes"), node.text("count")))
                        : Optional.empty();
        node.refuseOthers();
        return node.valid(
                "", () -> new ServedDetections(boxes, format, scores, kind, first, chosen));
    }

    static void write(Head.Ssd head, ObjectNode node) {
        node.put("boxes", head.boxes().name());
        ArrayNode extras = node.putArray("extras");
        for (Head.Extra extra : head.extras()) {
            extras.addObject().put("squeeze", extra.squeeze()).put("filters", extra.filters());
        }
    }

    /** The head of so many classes; throws as its constructor does. */
    static Optional<Head> head(JsonFields node, int classes) {
        DefaultBoxes boxes = node.constant("boxes", DefaultBoxes.SSD300);
        List<Head.Extra> extras = new ArrayList<>();
        for (JsonFields extra : node.objects("extras")) {
            extras.add(
                    new Head.Extra(
                            extra.integer("squeeze", 1, LARGEST),
                            extra.integer("filters", 1, LARGEST)));
            extra.refuseOthers();
        }
        node.refuseOthers();
        return node.valid("", () -> new Head.Ssd(classes, extras, boxes));
    }
}
