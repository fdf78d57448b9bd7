package dev.iresnet.model.card;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.zoo.Architecture;
import dev.iresnet.zoo.Backbone;
import dev.iresnet.zoo.Backbone.Ending;
import dev.iresnet.zoo.BlockOrder;
import dev.iresnet.zoo.BlockStyle;
import dev.iresnet.zoo.Head;
import dev.iresnet.zoo.ReluForm;
import dev.iresnet.zoo.Shortcut;
import dev.iresnet.zoo.Stage;
import dev.iresnet.zoo.Stem;
import dev.iresnet.zoo.Temporal;
import dev.iresnet.zoo.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The network of {@code model.json}: what a graph of ours was built from. */
final class NetworkJson {
    private NetworkJson() {}

    static void write(Network network, ObjectNode node) {
        Architecture architecture = network.architecture();
        node.put("name", architecture.name());
        node.put("reluForm", network.reluForm().name());
        node.putObject("stem")
                .put("form", architecture.backbone().stem().form().name())
                .put("width", architecture.backbone().stem().width());
        node.putObject("block")
                .put("unit", architecture.backbone().style().unit().name())
                .put("order", architecture.backbone().style().order().name())
                .put("shortcut", architecture.backbone().style().shortcut().name());
        ArrayNode stages = node.putArray("stages");
        for (Stage stage : architecture.backbone().stages()) {
            stages.addObject()
                    .put("blocks", stage.blocks())
                    .put("width", stage.width())
                    .put("groups", stage.groups());
            if (!architecture.backbone().style().unit().isUsual(stage)) {
                ((ObjectNode) stages.get(stages.size() - 1)).put("outputs", stage.outputs());
            }
        }
        if (architecture.head() instanceof Head.Ssd head) {
            node.put("ending", architecture.backbone().ending().name());
            DetectorJson.write(head, node.putObject("head"));
        }
        architecture
                .backbone()
                .temporal()
                .ifPresent(of -> ClipJson.write(of, node.putObject("temporal")));
        node.put("classes", architecture.classes());
        // absent where it is float32, as in files before there was another
        if (network.weightType() != WeightType.FLOAT32) {
            node.put("weightType", network.weightType().name());
        }
    }

    /** Empty if it is wrong; the mistakes are collected in {@code node}. */
    static Optional<Network> read(JsonFields node) {
        node.text("name");
        ReluForm form = node.constant("reluForm", ReluForm.AUTHORS);
        JsonFields stem = node.object("stem");
        Stem.Form stemForm = stem.constant("form", Stem.Form.IMAGENET);
        int stemWidth = stem.integer("width", 1, Integer.MAX_VALUE);
        BlockStyle style = style(node.object("block"));
        List<Stage> stages = stages(node, style.unit());
        int classes = node.integer("classes", 1, Integer.MAX_VALUE);
        Optional<JsonFields> head = node.optional("head");
        Ending ending = head.isPresent() ? node.constant("ending", Ending.KEEPS) : Ending.HALVES;
        Optional<Head> ssd = head.flatMap(fields -> DetectorJson.head(fields, classes));
        Optional<Temporal> temporal = node.optional("temporal").flatMap(ClipJson::temporal);
        WeightType type =
                node.has("weightType")
                        ? node.constant("weightType", WeightType.FLOAT32)
                        : WeightType.FLOAT32;
        stem.refuseOthers();
        node.refuseOthers();
        return node.valid(
                "",
                () ->
                        new Network(
                                new Architecture(
                                        backbone(
                                                new Stem(stemForm, stemWidth),
                                                style,
                                                stages,
                                                ending,
                                                temporal),
                                        ssd.orElseGet(() -> new Head.Classifier(classes))),
                                form,
                                type));
    }

    private static Backbone backbone(
            Stem stem,
            BlockStyle style,
            List<Stage> stages,
            Ending ending,
            Optional<Temporal> temporal) {
        if (stem.form() == Stem.Form.UNPOOLED && temporal.isEmpty()) {
            throw new IllegalArgumentException(
                    "stem.form must be that of a network for pictures, got " + stem.form());
        }
        return new Backbone(stem, style, stages, ending, temporal);
    }

    private static BlockStyle style(JsonFields block) {
        BlockStyle style =
                new BlockStyle(
                        block.constant("unit", Unit.BASIC),
                        block.constant("order", BlockOrder.STAGED),
                        block.constant("shortcut", Shortcut.POOLED));
        block.refuseOthers();
        return style;
    }

    private static List<Stage> stages(JsonFields node, Unit unit) {
        List<Stage> stages = new ArrayList<>();
        for (JsonFields stage : node.objects("stages")) {
            int blocks = stage.integer("blocks", 1, Integer.MAX_VALUE);
            int width = stage.integer("width", 1, Integer.MAX_VALUE);
            int groups = stage.integer("groups", 1, Integer.MAX_VALUE);
            // of a basic block they are the width, and nothing else is said of them
            boolean wide = unit != Unit.BASIC && stage.has("outputs");
            int outputs = wide ? stage.integer("outputs", 1, Integer.MAX_VALUE) : 1;
            stage.refuseOthers();
            stage.valid(
                            "",
                            () ->
                                    wide
                                            ? new Stage(blocks, width, groups, outputs)
                                            : unit.stage(blocks, width, groups))
                    .ifPresent(stages::add);
        }
        return stages;
    }
}
