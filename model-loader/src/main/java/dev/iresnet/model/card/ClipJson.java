package dev.iresnet.model.card;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.model.ClipRule;
import dev.iresnet.zoo.Temporal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The parts of {@code model.json} that only networks for clips have. */
final class ClipJson {
    private static final int LARGEST = 63;

    private ClipJson() {}

    static void write(ClipRule rule, ObjectNode node) {
        node.put("frames", rule.frames()).put("step", rule.step());
        rule.clips().ifPresent(count -> node.put("clips", count));
        rule.framesPerSecond().ifPresent(rate -> node.put("framesPerSecond", rate));
    }

    /** Empty if it is wrong; the mistakes are collected in {@code node}. */
    static Optional<ClipRule> rule(JsonFields node) {
        int frames = node.integer("frames", 1, ClipRule.MOST);
        int step = node.integer("step", 1, ClipRule.MOST);
        Optional<Integer> clips =
                node.has("clips")
                        ? Optional.of(node.integer("clips", 1, ClipRule.MOST))
                        : Optional.empty();
        Optional<Float> rate =
                node.has("framesPerSecond")
                        ? Optional.of(node.number("framesPerSecond"))
                        : Optional.empty();
        node.refuseOthers();
        return node.valid("", () -> new ClipRule(frames, step, clips, rate));
    }

    static void write(Temporal temporal, ObjectNode node) {
        node.put("stem", temporal.stem())
                .put("pool", temporal.pool())
                .put("poolStride", temporal.poolStride());
        ArrayNode stages = node.putArray("stages");
        for (Temporal.Part part : temporal.stages()) {
            stages.addObject()
                    .put("first", part.first())
                    .put("middle", part.middle())
                    .put("stride", part.stride());
        }
    }

    /** Empty if it is wrong; the mistakes are collected in {@code node}. */
    static Optional<Temporal> temporal(JsonFields node) {
        int stem = node.integer("stem", 1, LARGEST);
        int pool = node.integer("pool", 1, LARGEST);
        int poolStride = node.integer("poolStride", 1, LARGEST);
        List<Temporal.Part> stages = new ArrayList<>();
        for (JsonFields stage : node.objects("stages")) {
            int first = stage.integer("first", 1, LARGEST);
            int middle = stage.integer("middle", 1, LARGEST);
            int stride = stage.integer("stride", 1, LARGEST);
            stage.refuseOthers();
            stage.valid("", () -> new Temporal.Part(first, middle, stride)).ifPresent(stages::add);
        }
        node.refuseOthers();
        return node.valid("", () -> new Temporal(stem, pool, poolStride, stages));
    }
}
