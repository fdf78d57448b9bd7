package dev.iresnet.cli.picture;

import dev.iresnet.cli.option.Failures;
import dev.iresnet.cli.option.ModelOptions.JpegDecodingOption;
import dev.iresnet.cli.option.ModelOptions.ModelOption;
import dev.iresnet.cli.option.ModelOptions.PrecisionOption;
import dev.iresnet.model.LoadOptions;
import dev.iresnet.model.Model;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.model.Prediction;
import dev.iresnet.model.loading.ModelLoader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
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
        })
public final class PredictCommand implements Callable<Integer> {
    private static final int BATCH = 8;

    @Spec private @Nullable CommandSpec spec; // by picocli, before call

    @Mixin private ModelOption model = new ModelOption();
    @Mixin private PrecisionOption precision = new PrecisionOption();
    @Mixin private JpegDecodingOption decoding = new JpegDecodingOption();

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
        List<PictureFile> files = PictureFile.listSome(arguments, command.commandLine());
        Failures failures = new Failures(command.commandLine().getErr());
        try (Model loaded =
                ModelLoader.load(model.orBundled(), new LoadOptions(BATCH, precision.value()))) {
            PredictionPrinter printer =
                    printer(loaded.description(), files, command.commandLine().getOut());
            new PictureBatches(
                            loaded.description().preprocessing(), decoding.value(), BATCH, failures)
                    .forEach(
                            files,
                            (batch, samples) ->
                                    print(batch, loaded.predict(samples), printer, failures));
        }
        return failures.exitCode();
    }

    private PredictionPrinter printer(
            ModelDescription model, List<PictureFile> files, PrintWriter out) {
        return json
                ? PredictionPrinter.json(model, topK, out)
                : PredictionPrinter.table(model, topK, out, files);
    }

    private static void print(
            List<PictureFile> batch,
            List<Prediction> predictions,
            PredictionPrinter printer,
            Failures failures) {
        for (int row = 0; row < batch.size(); row++) {
            if (predictions.get(row).isFinite()) {
                printer.print(batch.get(row), predictions.get(row).scores());
            } else {
                failures.add(batch.get(row).path(), Failures.NOT_FINITE);
            }
        }
    }
}
