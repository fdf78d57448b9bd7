package dev.iresnet.cli.picture;

import dev.iresnet.cli.option.DetectionOptions;
import dev.iresnet.cli.option.Failures;
import dev.iresnet.cli.option.ModelOptions.JpegDecodingOption;
import dev.iresnet.cli.option.ModelOptions.ModelOption;
import dev.iresnet.cli.option.ModelOptions.PrecisionOption;
import dev.iresnet.image.CropGeometry;
import dev.iresnet.image.ImageException;
import dev.iresnet.model.Detections;
import dev.iresnet.model.LoadOptions;
import dev.iresnet.model.Model;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.model.Prediction;
import dev.iresnet.model.Task;
import dev.iresnet.model.card.ModelDirectory;
import dev.iresnet.model.loading.ModelLoader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code iresnet predict}. */
@Command(
        name = "predict",
        header = "Labels pictures with a model, or finds the objects in them.",
        description = {
            "%nReads JPEG and PNG files, prepares each as the model's model.json says, and prints"
                    + " the best labels with their probabilities; of a detector boxes in pixels of"
                    + " the picture as it is stored (left, top, right, bottom). Of a directory, all .jpg, .jpeg"
                    + " and .png files at any depth are taken.",
            "%nOf a model for clips each directory that holds pictures is a video, whose frames they"
                    + " are in the order of their names; animated GIF files are videos, too, and"
                    + " files that a program ffmpeg reads, where there is one. What is said of a"
                    + " video is the mean over its clips; which these are, model.json says.",
            "%nWithout --model, the small network that comes with a checkout is used: it knows the"
                    + " ten CIFAR-10 classes, and gives one of them to any picture.%n"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  iresnet predict deploy/local/demo/frames",
            "  iresnet predict --model models/my-network --top-k 1 --json *.jpg",
            "  iresnet predict --model models/my-detector --min-score 0.5 --draw boxes/ *.jpg"
        })
public final class PredictCommand implements Callable<Integer> {
    private static final int BATCH = 8;

    @Spec private @Nullable CommandSpec spec; // by picocli, before call

    @Mixin private ModelOption model = new ModelOption();
    @Mixin private PrecisionOption precision = new PrecisionOption();
    @Mixin private JpegDecodingOption decoding = new JpegDecodingOption();
    @Mixin private DetectionOptions detection = new DetectionOptions();

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE|DIR",
            description = "Pictures, or directories of pictures; of a model for clips videos.")
    private List<Path> arguments = List.of();

    @Option(
            names = {"-k", "--top-k"},
            paramLabel = "N",
            defaultValue = "5",
            description = "How many labels a picture gets (default: ${DEFAULT-VALUE}).")
    private int topK = 5;

    @Option(
            names = "--json",
            description =
                    "Print a JSON object a line: file, model (name, version, digest), labels"
                            + " (index, name, score); of a detector width, height, detections"
                            + " (index, name, score, box), too.")
    private boolean json;

    @Option(
            names = "--draw",
            paramLabel = "DIR",
            description = "Write each picture with a detector's boxes there, as a PNG file.")
    private @Nullable Path draw;

    @Override
    public Integer call() throws IOException {
        CommandSpec command = Objects.requireNonNull(spec);
        if (topK < 1) {
            throw new ParameterException(
                    command.commandLine(), "--top-k must be at least 1, got " + topK);
        }
        Failures failures = new Failures(command.commandLine().getErr());
        ModelDirectory directory =
                detection.applied(ModelDirectory.open(model.orBundled()), command.commandLine());
        List<PictureFile> files =
                PictureFile.listSome(arguments, directory.description(), command.commandLine());
        if (draw != null && directory.card().task() != Task.DETECTION) {
            throw new ParameterException(
                    command.commandLine(),
                    "--draw is for detectors; %s is a model for %s"
                            .formatted(directory.name(), directory.card().task()));
        }
        try (Model loaded =
                ModelLoader.load(directory, new LoadOptions(BATCH, precision.value()))) {
            Optional<BoxDrawing> drawing =
                    Optional.ofNullable(draw).map(to -> new BoxDrawing(to, loaded.description()));
            PredictionPrinter printer =
                    printer(loaded.description(), files, command.commandLine().getOut());
            new Predictions(loaded, decoding.value(), BATCH, failures)
                    .forEach(
                            files,
                            (file, picture, told) -> {
                                if (told.isFinite()) {
                                    printer.print(file, picture, told);
                                    drawing.ifPresent(
                                            to -> draw(to, file, picture, told, failures));
                                } else {
                                    failures.add(file.path(), Failures.NOT_FINITE);
                                }
                            });
        }
        return failures.exitCode();
    }

    private PredictionPrinter printer(
            ModelDescription model, List<PictureFile> files, PrintWriter out) {
        return json
                ? PredictionPrinter.json(model, topK, out)
                : PredictionPrinter.table(model, topK, out, files);
    }

    private static void draw(
            BoxDrawing drawing,
            PictureFile file,
            CropGeometry picture,
            Prediction told,
            Failures failures) {
        try {
            drawing.write(file, picture, (Detections) told);
        } catch (IOException | ImageException e) {
            failures.add(file.path(), e);
        }
    }
}
