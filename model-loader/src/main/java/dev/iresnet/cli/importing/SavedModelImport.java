package dev.iresnet.cli.importing;

import dev.iresnet.cli.option.DetectionOptions;
import dev.iresnet.cli.option.LabelOption;
import dev.iresnet.cli.option.PreprocessingOptions;
import dev.iresnet.image.Preprocessing;
import dev.iresnet.model.DetectionRule;
import dev.iresnet.model.ModelException;
import dev.iresnet.model.Task;
import dev.iresnet.model.card.ModelCard;
import dev.iresnet.model.card.ModelDirectory;
import dev.iresnet.model.card.ServedDetections;
import dev.iresnet.model.card.ServedSignature;
import dev.iresnet.model.foreign.SavedModelImporter;
import dev.iresnet.model.foreign.SignatureSearch;
import dev.iresnet.model.foreign.SignatureShape;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** {@code iresnet import} of a SavedModel. */
final class SavedModelImport {
    private final CommandLine command;
    private final PrintWriter out;
    private final SavedModelOptions options;
    private final PreprocessingOptions preprocessing;
    private final LabelOption labels;
    private final DetectionOptions detection;

    SavedModelImport(
            CommandLine command,
            PrintWriter out,
            SavedModelOptions options,
            PreprocessingOptions preprocessing,
            LabelOption labels,
            DetectionOptions detection) {
        this.command = command;
        this.out = out;
        this.options = options;
        this.preprocessing = preprocessing;
        this.labels = labels;
        this.detection = detection;
    }

    /**
     * Finds the signature, says what was found, and writes the next version.
     *
     * @param from directory of the SavedModel
     * @param output directory of the model
     * @return what was written
     */
    ModelDirectory run(Path from, Path output) throws IOException {
        requireForeign(from);
        SignatureSearch.Found found = SignatureSearch.search(from, options.known(labels.firstId()));
        boolean detects = found.signature().output() instanceof ServedDetections;
        if (!detects && options.areOfDetectors()) {
            throw usage(
                    "--box-format and --first-class are for detectors, %s is none".formatted(from));
        }
        out.println(from + ": " + describe(found));
        ModelCard card = detects ? detector(from, found) : classifier(from, found);
        return SavedModelImporter.write(
                from, detection.applied(card, from.toString(), command), output);
    }

    private ModelCard classifier(Path from, SignatureSearch.Found found) throws IOException {
        int classes =
                found.classes()
                        .orElseThrow(
                                () ->
                                        new ModelException(
                                                from
                                                        + ": its signature does not tell how many"
                                                        + " classes there are; export it with a"
                                                        + " last axis of that size"));
        if (classes == 1) {
            out.println("Its one output is taken for that of the second of two labels (sigmoid)");
        }
        return new ModelCard(
                labels.labels(Math.max(2, classes)),
                rule(from, found),
                Optional.empty(),
                Optional.empty(),
                Optional.of(found.signature()));
    }

    private ModelCard detector(Path from, SignatureSearch.Found found) throws IOException {
        ServedDetections output = (ServedDetections) found.signature().output();
        if (found.classes().isPresent() && found.classes().getAsInt() <= output.firstClass()) {
            throw usage(
                    "--first-class %d leaves none of the %d scores that %s has of each box"
                            .formatted(
                                    output.firstClass(),
                                    found.classes().getAsInt(),
                                    output.scores()));
        }
        List<String> names =
                found.classes().isPresent()
                        ? labels.labels(found.classes().getAsInt() - output.firstClass())
                        : labels.given()
                                .orElseThrow(
                                        () ->
                                                usage(
                                                        "%s does not tell how many classes there are: give their names as --labels"
                                                                .formatted(from)));
        out.printf("Its class %d is '%s'%n", output.firstClass(), names.get(0));
        ModelCard card =
                new ModelCard(
                        Task.DETECTION,
                        names,
                        rule(from, found),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(found.signature()));
        return output.chosen().isPresent() ? card.withDetection(DetectionRule.SUPPRESSED) : card;
    }

    private static void requireForeign(Path from) {
        if (!Files.isRegularFile(from.resolve("saved_model.pb"))) {
            throw new ModelException(
                    from + " is a directory without saved_model.pb, hence no SavedModel");
        }
        if (Files.exists(from.resolve("assets.extra/model.json"))) {
            throw new ModelException(from + " has a model.json: it can be served as it is");
        }
    }

    private static String describe(SignatureSearch.Found found) {
        ServedSignature signature = found.signature();
        return "signature %s, %s %s, gives %s"
                .formatted(
                        signature.name(),
                        lower(signature.input().type()),
                        size(found.shape()),
                        describe(signature.output(), found));
    }

    private static String describe(ServedSignature.Output output, SignatureSearch.Found found) {
        String scores =
                (found.classes().isPresent() ? found.classes().getAsInt() + " " : "")
                        + lower(output.kind())
                        + found.operation().map(name -> " (made by " + name + ")").orElse("");
        if (!(output instanceof ServedDetections detections)) {
            return scores;
        }
        String boxes = "boxes %s (%s)".formatted(detections.boxes(), lower(detections.format()));
        return detections.chosen().isPresent()
                ? boxes + " that it chose, with " + scores
                : boxes + " with " + scores + " each";
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String size(SignatureShape shape) {
        String batch =
                shape.batch().isPresent()
                        ? "in batches of %d".formatted(shape.batch().getAsInt())
                        : "in batches of any size";
        return shape.height().isPresent() && shape.width().isPresent()
                ? "pictures of %dx%d %s"
                        .formatted(shape.height().getAsInt(), shape.width().getAsInt(), batch)
                : "pictures of any size " + batch;
    }

    private Preprocessing rule(Path from, SignatureSearch.Found found) {
        SignatureShape shape = found.shape();
        InputRange range = range(from, found.signature().input().type());
        try {
            boolean sized = shape.height().isPresent() && shape.width().isPresent();
            if (found.signature().output() instanceof ServedDetections) {
                return range.applyTo(
                        preprocessing.detectorRule(
                                sized
                                        ? Optional.of(
                                                shape.height().getAsInt()
                                                        + "x"
                                                        + shape.width().getAsInt())
                                        : Optional.empty()));
            }
            return range.applyTo(
                    sized
                            ? preprocessing.rule(
                                    shape.height().getAsInt(), shape.width().getAsInt())
                            : preprocessing.rule());
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    private InputRange range(Path from, ServedSignature.Type type) {
        boolean said = preprocessing.sayRange();
        if (type == ServedSignature.Type.UINT8) {
            if (said || options.inputRange().filter(r -> r != InputRange.BYTES).isPresent()) {
                throw usage(
                        from
                                + " takes uint8, the pixels as they are: --input-range, --mean, --std"
                                + " and --preprocessing keras-caffe have no place (--channel-order"
                                + " has)");
            }
            return InputRange.BYTES;
        }
        if (said) {
            if (options.inputRange().filter(r -> r != InputRange.NORMALIZED).isPresent()) {
                throw usage(
                        "--mean, --std and --preprocessing keras-caffe are for --input-range"
                                + " normalized");
            }
            return InputRange.NORMALIZED;
        }
        return options.inputRange()
                .orElseThrow(
                        () ->
                                usage(
                                        "%s takes float32: say by --input-range what it expects for pixels 0..255: %s; or by --preprocessing keras-caffe (BGR, 0..255 less the mean)"
                                                .formatted(from, InputRange.choices())));
    }

    private ParameterException usage(String message) {
        return new ParameterException(command, message);
    }
}
