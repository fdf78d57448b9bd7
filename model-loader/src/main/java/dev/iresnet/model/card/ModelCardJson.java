package dev.iresnet.model.card;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.image.Preprocessing;
import dev.iresnet.image.Preprocessing.ChannelOrder;
import dev.iresnet.image.Preprocessing.Interpolation;
import dev.iresnet.image.Preprocessing.Resize;
import dev.iresnet.model.ClipRule;
import dev.iresnet.model.DetectionRule;
import dev.iresnet.model.ModelException;
import dev.iresnet.model.Task;
import dev.iresnet.model.card.ModelCard.Provenance;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@link ModelCard} to and from {@code model.json}. Equal cards give equal bytes.
 *
 * <p>A classifier's has version 1, which {@code model-1.schema.json} documents and which knows no
 * task, so that its bytes, and with them the model's digest, are those of programs before there
 * were other tasks. All others have version 2, {@code model-2.schema.json}.
 */
final class ModelCardJson {
    private static final int CLASSIFIER = 1;
    private static final int WITH_TASK = 2;
    private static final int LARGEST_SIDE = 4096;
    private static final ObjectMapper MAPPER =
            new ObjectMapper()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private ModelCardJson() {}

    static String write(ModelCard card) {
        ObjectNode root = MAPPER.createObjectNode();
        if (card.task() == Task.CLASSIFICATION) {
            root.put("schemaVersion", CLASSIFIER);
        } else {
            root.put("schemaVersion", WITH_TASK).put("task", card.task().name());
        }
        card.network().ifPresent(network -> NetworkJson.write(network, root.putObject("network")));
        card.signature().ifPresent(signature -> write(signature, root.putObject("signature")));
        card.detection().ifPresent(r -> DetectorJson.write(r, root.putObject("detection")));
        card.clip().ifPresent(rule -> ClipJson.write(rule, root.putObject("clip")));
        write(card.preprocessing(), root.putObject("preprocessing"));
        card.source().ifPresent(source -> write(source, root.putObject("source")));
        card.labels().forEach(root.putArray("labels")::add);
        try {
            return MAPPER.writeValueAsString(root).replace("\r\n", "\n") + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values can be written", e);
        }
    }

    private static void write(Provenance source, ObjectNode node) {
        node.put("file", source.file()).put("sha256", source.sha256());
        if (!source.training().isEmpty()) {
            node.set("training", MAPPER.valueToTree(source.training()));
        }
    }

    private static void write(Preprocessing rule, ObjectNode node) {
        node.put("width", rule.width());
        node.put("height", rule.height());
        node.put("resize", rule.resize().name());
        if (rule.resize() != Resize.STRETCH) {
            node.put("resizeTo", rule.resizeTo());
        }
        if (rule.resize() == Resize.BOTH_SIDES_THEN_CROP) {
            node.put("resizeToWidth", rule.resizeToWidth());
        }
        if (rule.interpolation() != Interpolation.BILINEAR) {
            node.put("interpolation", rule.interpolation().name());
        }
        if (rule.channelOrder() != ChannelOrder.RGB) {
            node.put("channelOrder", rule.channelOrder().name());
        }
        rule.mean().forEach(node.putArray("mean")::add);
        rule.std().forEach(node.putArray("std")::add);
    }

    private static void write(ServedSignature signature, ObjectNode node) {
        node.put("name", signature.name());
        node.putObject("input")
                .put("name", signature.input().name())
                .put("type", signature.input().type().name());
        if (signature.output() instanceof ServedDetections detections) {
            DetectorJson.write(detections, node.putObject("detections"));
        } else if (signature.output() instanceof ServedSignature.Scores scores) {
            node.putObject("output").put("name", scores.name()).put("kind", scores.kind().name());
        }
    }

    /**
     * Reads and checks.
     *
     * @param where it came from, for messages
     * @throws ModelException naming every mistake
     */
    static ModelCard read(byte[] json, String where) {
        JsonNode root;
        try {
            root = MAPPER.readTree(json);
        } catch (IOException e) {
            throw new ModelException(where + " is not JSON: " + e.getMessage(), e);
        }
        JsonFields fields = new JsonFields(root, "", new ArrayList<>());
        int version = fields.integer("schemaVersion", 1, Integer.MAX_VALUE);
        if (fields.problems().isEmpty() && version > WITH_TASK) {
            throw new ModelException(
                    "%s has schemaVersion %d; this program reads versions %d and %d"
                            .formatted(where, version, CLASSIFIER, WITH_TASK));
        }
        Task task = version == WITH_TASK ? task(fields) : Task.CLASSIFICATION;
        Optional<ModelCard> card = card(task, fields);
        fields.refuseOthers();
        if (card.isEmpty() || !fields.problems().isEmpty()) {
            throw new ModelException(where + ": " + String.join("; ", fields.problems()));
        }
        return card.get();
    }

    private static Task task(JsonFields root) {
        Task task = root.constant("task", Task.DETECTION);
        if (task == Task.CLASSIFICATION) {
            root.problems()
                    .add(
                            "task must not be %s in schemaVersion %d: a classifier has schemaVersion %d and no task"
                                    .formatted(task, WITH_TASK, CLASSIFIER));
        }
        return task;
    }

    private static Optional<ModelCard> card(Task task, JsonFields root) {
        List<String> labels = root.texts("labels");
        Optional<Preprocessing> preprocessing = preprocessing(root.object("preprocessing"));
        Optional<Network> network = root.optional("network").flatMap(NetworkJson::read);
        Optional<Provenance> source = root.optional("source").flatMap(ModelCardJson::source);
        Optional<ServedSignature> signature =
                root.optional("signature").flatMap(node -> signature(task, node));
        Optional<DetectionRule> detection =
                task == Task.DETECTION
                        ? DetectorJson.rule(root.object("detection"))
                        : Optional.empty();
        Optional<ClipRule> clip =
                task == Task.VIDEO_CLASSIFICATION
                        ? ClipJson.rule(root.object("clip"))
                        : Optional.empty();
        if (!root.problems().isEmpty()) {
            return Optional.empty();
        }
        return preprocessing.flatMap(
                rule ->
                        root.valid(
                                "",
                                () ->
                                        new ModelCard(
                                                task, labels, rule, network, source, signature,
                                                detection, clip)));
    }

    private static Optional<Preprocessing> preprocessing(JsonFields node) {
        int width = node.integer("width", 1, LARGEST_SIDE);
        int height = node.integer("height", 1, LARGEST_SIDE);
        Resize resize = node.constant("resize", Resize.SHORTER_SIDE_THEN_CROP);
        int resizeTo =
                resize == Resize.STRETCH
                        ? Math.min(width, height)
                        : node.integer("resizeTo", 1, LARGEST_SIDE);
        int resizeToWidth =
                resize == Resize.BOTH_SIDES_THEN_CROP
                        ? node.integer("resizeToWidth", 1, LARGEST_SIDE)
                        : resizeTo;
        Interpolation filter = optional(node, "interpolation", Interpolation.BILINEAR);
        ChannelOrder order = optional(node, "channelOrder", ChannelOrder.RGB);
        List<Float> mean = node.channels("mean");
        List<Float> std = node.channels("std");
        node.refuseOthers();
        return node.valid(
                "",
                () ->
                        new Preprocessing(
                                width,
                                height,
                                resize,
                                resizeTo,
                                resizeToWidth,
                                mean,
                                std,
                                filter,
                                order));
    }

    private static <E extends Enum<E>> E optional(JsonFields node, String name, E absent) {
        return node.has(name) ? node.constant(name, absent) : absent;
    }

    /** Empty if it is wrong; the mistakes are collected in {@code node}. */
    private static Optional<ServedSignature> signature(Task task, JsonFields node) {
        String name = node.text("name");
        JsonFields in = node.object("input");
        ServedSignature.Input input =
                new ServedSignature.Input(
                        in.text("name"), in.constant("type", ServedSignature.Type.FLOAT32));
        in.refuseOthers();
        Optional<? extends ServedSignature.Output> output =
                task == Task.DETECTION
                        ? DetectorJson.detections(node.object("detections"))
                        : scores(node.object("output"));
        node.refuseOthers();
        return output.flatMap(
                given -> node.valid("", () -> new ServedSignature(name, input, given)));
    }

    private static Optional<ServedSignature.Scores> scores(JsonFields node) {
        String name = node.text("name");
        ServedSignature.Kind kind = node.constant("kind", ServedSignature.Kind.LOGITS);
        node.refuseOthers();
        return Optional.of(new ServedSignature.Scores(name, kind));
    }

    private static Optional<Provenance> source(JsonFields node) {
        String file = node.text("file");
        String sha256 = node.text("sha256");
        Map<String, String> training =
                node.has("training") ? node.textsByName("training") : Map.of();
        node.refuseOthers();
        return node.valid("", () -> new Provenance(file, sha256, training));
    }
}
