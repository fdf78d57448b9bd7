package dev.iresnet.cli.inspection;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.cli.option.Json;
import dev.iresnet.image.Preprocessing;
import dev.iresnet.model.ClipRule;
import dev.iresnet.model.DetectionRule;
import dev.iresnet.model.card.ModelDirectory;
import dev.iresnet.model.card.Network;
import dev.iresnet.model.card.ServedDetections;
import dev.iresnet.model.card.ServedSignature;
import dev.iresnet.model.card.WeightType;
import dev.iresnet.zoo.Head;
import dev.iresnet.zoo.Inventory;
import dev.iresnet.zoo.Temporal;
import dev.iresnet.zoo.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is known of a model without running it.
 *
 * @param directory opened, hence sound
 * @param signatures by name
 * @param bytes of all files together
 */
public record ModelFacts(ModelDirectory directory, List<SignatureFacts> signatures, long bytes) {
    private static final int LABELS_SHOWN = 10;

    public static ModelFacts of(ModelDirectory directory) throws IOException {
        return new ModelFacts(
                directory, SignatureFacts.read(directory.path()), bytesBelow(directory.path()));
    }

    private static long bytesBelow(Path path) throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }

    /** Multiply-accumulates an image or clip; NaN for a model of another program. */
    public double macs() {
        return directory.card().network().map(n -> (double) inventory(n).macs()).orElse(Double.NaN);
    }

    /** In a line: the model and what it is. */
    public String headline() {
        return "%s, version %d: %s"
                .formatted(
                        directory.name(),
                        directory.version(),
                        directory.card().network().map(this::text).orElse("not described"));
    }

    String toText() {
        StringBuilder text = new StringBuilder();
        row(text, "model", "%s, version %d".formatted(directory.name(), directory.version()));
        row(text, "digest", directory.digest());
        row(text, "variables", "SHA-256 " + directory.weightsDigest());
        row(text, "path", directory.path().toString());
        row(text, "size", "%,d bytes".formatted(bytes));
        row(text, "network", directory.card().network().map(this::text).orElse("not described"));
        directory.card().network().ifPresent(network -> stages(text, network));
        directory
                .card()
                .source()
                .ifPresent(s -> row(text, "weights", s.file() + ", SHA-256 " + s.sha256()));
        row(text, "task", directory.card().task().name());
        directory.card().detection().ifPresent(rule -> row(text, "boxes", text(rule)));
        directory.card().signature().ifPresent(of -> outputs(text, of.output()));
        row(text, "labels", labels());
        row(text, "input", input());
        directory.card().clip().ifPresent(rule -> row(text, "clips", text(rule)));
        for (SignatureFacts signature : signatures) {
            row(text, "signature", signature.name());
            signature
                    .inputs()
                    .forEach((name, tensor) -> row(text, "", "in   " + name + ": " + tensor));
            signature
                    .outputs()
                    .forEach((name, tensor) -> row(text, "", "out  " + name + ": " + tensor));
        }
        return text.toString();
    }

    private static void row(StringBuilder text, String name, String value) {
        text.append(String.format(Locale.ROOT, "%-10s %s%n", name, value));
    }

    private String text(Network network) {
        Inventory inventory = inventory(network);
        return String.format(
                Locale.ROOT,
                "%s, ReLU form %s, %,d parameters%s, %,d multiply-accumulates %s",
                network.architecture().name(),
                network.reluForm(),
                inventory.parameters(),
                network.weightType() == WeightType.INT8 ? " stored as int8" : "",
                inventory.macs(),
                network.architecture().takesClips() ? "a clip" : "an image");
    }

    private void stages(StringBuilder text, Network network) {
        String unit =
                network.architecture().backbone().style().unit().name().toLowerCase(Locale.ROOT);
        for (StageFacts stage : StageFacts.of(network.architecture())) {
            row(text, stage.number() == 1 ? "stages" : "", stage.toText(unit));
        }
        network.architecture().backbone().temporal().ifPresent(of -> row(text, "frames", text(of)));
        if (network.architecture().head() instanceof Head.Ssd head) {
            row(
                    text,
                    "head",
                    "%s, %,d default boxes, extra blocks of %s channels"
                            .formatted(
                                    head.boxes(),
                                    head.boxes().count(),
                                    head.extras().stream().map(Head.Extra::filters).toList()));
        }
    }

    private static String text(Temporal temporal) {
        return "strides %s, the stem sees %d, its stages %s"
                .formatted(
                        temporal.strides(),
                        temporal.stem(),
                        temporal.stages().stream()
                                .map(part -> Math.max(part.first(), part.middle()))
                                .toList());
    }

    private Inventory inventory(Network network) {
        Preprocessing input = directory.card().preprocessing();
        int frames = directory.card().clip().map(ClipRule::frames).orElse(1);
        return Inventory.of(
                network.architecture(), new Window(frames, input.height(), input.width()));
    }

    private String labels() {
        List<String> labels = directory.card().labels();
        return labels.size()
                + ": "
                + labels.stream().limit(LABELS_SHOWN).collect(Collectors.joining(", "))
                + (labels.size() > LABELS_SHOWN ? ", …" : "");
    }

    /** Of a foreign detector: what its numbers mean. */
    private void outputs(StringBuilder text, ServedSignature.Output output) {
        if (output instanceof ServedDetections of) {
            row(
                    text,
                    "outputs",
                    "boxes %s (%s), class %d is '%s'"
                            .formatted(
                                    of.boxes(),
                                    of.format().name().toLowerCase(Locale.ROOT),
                                    of.firstClass(),
                                    directory.card().labels().get(0)));
        }
    }

    private static String text(DetectionRule rule) {
        return rule.iou() == 1
                ? "of a score above %s, the best %d".formatted(rule.minScore(), rule.maxBoxes())
                : "of a score above %s, overlapping by less than %s, the best %d; %d of a class compared"
                        .formatted(rule.minScore(), rule.iou(), rule.maxBoxes(), rule.candidates());
    }

    private static void putClip(ObjectNode node, ClipRule rule) {
        node.put("frames", rule.frames()).put("step", rule.step());
        rule.clips().ifPresent(count -> node.put("clips", count));
        rule.framesPerSecond().ifPresent(rate -> node.put("framesPerSecond", rate));
    }

    private static String text(ClipRule rule) {
        return "%s, %d frames, %s%s"
                .formatted(
                        rule.clips()
                                .map(count -> count + " spread over a video")
                                .orElse("one behind the other"),
                        rule.frames(),
                        rule.step() == 1 ? "every one" : "one in " + rule.step(),
                        rule.framesPerSecond()
                                .map(rate -> ", at %s frames a second".formatted(rate))
                                .orElse(""));
    }

    private String input() {
        String frames =
                directory.card().clip().map(clip -> clip.frames() + " frames of ").orElse("");
        return frames + text(directory.card().preprocessing());
    }

    private static String text(Preprocessing rule) {
        String how =
                switch (rule.resize()) {
                    case SHORTER_SIDE_THEN_CROP ->
                            "the centre of a picture whose shorter side is " + rule.resizeTo();
                    case BOTH_SIDES_THEN_CROP ->
                            "the centre of a picture of %dx%d"
                                    .formatted(rule.resizeToWidth(), rule.resizeTo());
                    case STRETCH -> "stretched to it";
                };
        String filter =
                rule.interpolation() == Preprocessing.Interpolation.BILINEAR
                        ? ""
                        : ", " + rule.interpolation().name().toLowerCase(Locale.ROOT);
        String order = rule.channelOrder() == Preprocessing.ChannelOrder.RGB ? "" : ", in BGR";
        return "%dx%d, %s%s; mean %s, std %s%s"
                .formatted(
                        rule.width(), rule.height(), how, filter, rule.mean(), rule.std(), order);
    }

    ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("name", directory.name());
        json.put("version", directory.version());
        json.put("digest", directory.digest());
        json.put("weightsDigest", directory.weightsDigest());
        json.put("path", directory.path().toString());
        json.put("bytes", bytes);
        directory
                .card()
                .network()
                .ifPresent(
                        network ->
                                json.putObject("network")
                                        .put("name", network.architecture().name())
                                        .put("reluForm", network.reluForm().name())
                                        .put("weightType", network.weightType().name())
                                        .put("parameters", inventory(network).parameters())
                                        .put("macs", inventory(network).macs())
                                        .set(
                                                "stages",
                                                Json.tree(StageFacts.of(network.architecture()))));
        json.put("task", directory.card().task().name());
        directory.card().detection().ifPresent(rule -> json.set("detection", Json.tree(rule)));
        directory.card().clip().ifPresent(rule -> putClip(json.putObject("clip"), rule));
        directory.card().labels().forEach(json.putArray("labels")::add);
        json.set("preprocessing", Json.tree(directory.card().preprocessing()));
        json.set("signatures", Json.tree(signatures));
        return json;
    }
}
