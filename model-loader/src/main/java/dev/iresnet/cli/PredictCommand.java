package dev.iresnet.cli;

import dev.iresnet.image.Cropper;
import dev.iresnet.image.DecodeLimits;
import dev.iresnet.image.ExactCropper;
import dev.iresnet.image.ImageException;
import dev.iresnet.model.LoadOptions;
import dev.iresnet.model.Model;
import dev.iresnet.model.ModelLoader;
import dev.iresnet.model.Scores;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
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
        mixinStandardHelpOptions = true,
        exitCodeOnExecutionException = 2,
        header = "Labels pictures with a model.",
        description = {
            "%nReads JPEG and PNG files, prepares each as the model's model.json says, and prints"
                    + " the best labels with their probabilities. Of a directory, all .jpg, .jpeg"
                    + " and .png files at any depth are taken.",
            "%nWithout --model, the small network that comes with a checkout is used: it knows the"
                    + " ten CIFAR-10 classes, and gives one of them to any picture.%n"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  iresnet predict deploy/local/demo/frames",
            "  iresnet predict --model models/my-network --top-k 1 --json *.jpg"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all files were labelled",
            "1:some were not; each is named on standard error",
            "2:wrong usage, or the model cannot be used"
        })
final class PredictCommand implements Callable<Integer> {
    private static final int BATCH = 8;

    @Spec private @Nullable CommandSpec spec; // by picocli, before call

    @Mixin private ModelOption model = new ModelOption();

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE|DIR",
            description = "Pictures, or directories of pictures.")
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
                            + " (index, name, score).")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        CommandSpec command = Objects.requireNonNull(spec);
        if (topK < 1) {
            throw new ParameterException(
                    command.commandLine(), "--top-k must be at least 1, got " + topK);
        }
        List<PictureFile> files = PictureFile.list(arguments);
        if (files.isEmpty()) {
            throw new IOException("No .jpg, .jpeg or .png file in " + arguments);
        }
        Failures failures = new Failures(command.commandLine().getErr());
        try (Model loaded = ModelLoader.load(model.orBundled(), new LoadOptions(BATCH));
                Cropper cropper =
                        new ExactCropper(
                                loaded.description().preprocessing(), DecodeLimits.DEFAULT)) {
            PrintWriter out = command.commandLine().getOut();
            PredictionPrinter printer =
                    json
                            ? new JsonPredictionPrinter(loaded.description(), topK, out)
                            : new TablePredictionPrinter(loaded.description(), topK, out, files);
            new Batches(loaded, cropper, printer, failures).label(files);
        }
        return failures.exitCode();
    }

    /** Crops and classifies a batch after the other, and prints in the order of the files. */
    private record Batches(
            Model model, Cropper cropper, PredictionPrinter printer, Failures failures) {

        void label(List<PictureFile> files) {
            int cropBytes = model.description().preprocessing().cropBytes();
            List<ByteBuffer> crops =
                    Stream.generate(() -> ByteBuffer.allocateDirect(cropBytes))
                            .limit(BATCH)
                            .toList();
            List<PictureFile> cropped = new ArrayList<>();
            for (PictureFile file : files) {
                try {
                    cropper.crop(file.read(), crops.get(cropped.size()));
                    cropped.add(file);
                } catch (IOException | ImageException e) {
                    failures.add(file.path(), e);
                }
                if (cropped.size() == BATCH) {
                    classify(cropped, crops);
                }
            }
            classify(cropped, crops);
        }

        private void classify(List<PictureFile> cropped, List<ByteBuffer> crops) {
            if (cropped.isEmpty()) {
                return;
            }
            Scores scores = model.classify(crops.subList(0, cropped.size()));
            for (int row = 0; row < cropped.size(); row++) {
                printer.print(cropped.get(row), scores, row);
            }
            cropped.clear();
        }
    }
}
