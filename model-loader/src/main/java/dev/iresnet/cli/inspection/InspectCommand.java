package dev.iresnet.cli.inspection;

import dev.iresnet.cli.inspection.InspectReport.CheckResult;
import dev.iresnet.cli.option.Failures;
import dev.iresnet.cli.option.ModelOptions.PrecisionOption;
import dev.iresnet.cli.picture.PictureFile;
import dev.iresnet.evaluation.Drift;
import dev.iresnet.model.LoadOptions;
import dev.iresnet.model.Model;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.model.Task;
import dev.iresnet.model.card.ModelDirectory;
import dev.iresnet.model.loading.BlockProbe;
import dev.iresnet.model.loading.ModelLoader;
import dev.iresnet.model.loading.PlainModel;
import dev.iresnet.tensorflow.Kernels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code iresnet inspect}. */
@Command(
        name = "inspect",
        header = "Tells what a model is.",
        description = {
            "%nChecks the model's files against their sums and its model.json, and prints name,"
                    + " version, digest (each result of the job carries it), network, stages,"
                    + " labels, how pictures are prepared, signatures and size. TensorFlow is not"
                    + " started for that.",
            "%nWith --blocks or --check the network is run, on the pictures of --images or else on"
                    + " noise. Noise tells how signals flow and that folding is right; how a"
                    + " trained network uses its blocks, only pictures like its own tell.%n"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  iresnet inspect models/my-network",
            "  iresnet inspect --blocks --images frames/ models/my-network",
            "  iresnet inspect --check --precision bfloat16 --images frames/ models/my-network/3"
        })
public final class InspectCommand implements Callable<Integer> {
    private static final int NOISE_PICTURES = 16;
    private static final long NOISE_SEED = 1;

    @Spec private @Nullable CommandSpec spec; // by picocli, before call

    @Parameters(
            arity = "1",
            paramLabel = "DIR",
            description =
                    "The model: .../NAME, of which the newest version is taken, or"
                            + " .../NAME/VERSION.")
    private Path directory = Path.of("");

    @Option(
            names = "--blocks",
            description =
                    "Show how much each block adds to its shortcut: the norm of its residual over"
                            + " the shortcut's. Near 0 the network has switched the block off.")
    private boolean blocks;

    @Option(
            names = "--check",
            description =
                    "Compare the probabilities, or boxes, of the model as it is served (frozen,"
                            + " folded, in --precision) with those of the graph as it was written.")
    private boolean check;

    @Option(
            names = "--images",
            paramLabel = "FILE|DIR",
            arity = "1",
            description = "Run these; may be given several times.")
    private List<Path> images = List.of();

    @Mixin private PrecisionOption precision = new PrecisionOption();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        ModelDirectory model = ModelDirectory.open(directory);
        Failures failures = new Failures(command.getErr());
        Samples samples = samples(model.description(), command, failures);
        ModelFacts facts = ModelFacts.of(model);
        Optional<BlockTree> tree = blocks ? Optional.of(tree(model, samples)) : Optional.empty();
        Optional<CheckResult> result =
                check ? Optional.of(checked(model, samples)) : Optional.empty();
        InspectReport report = new InspectReport(facts, kernels(), tree, result);
        command.getOut().print(json ? report.toJson() : report.toText());
        command.getOut().flush();
        return failures.exitCode();
    }

    private Samples samples(ModelDescription model, CommandLine command, Failures failures)
            throws IOException {
        if (images.isEmpty()) {
            return Samples.noise(model, NOISE_PICTURES, NOISE_SEED);
        }
        return Samples.pictures(PictureFile.listSome(images, command), model, failures);
    }

    private String kernels() {
        if (!blocks && !check) {
            return Kernels.outlook() + "; --check tells which of them run";
        }
        return "%s, %s".formatted(Kernels.inUse().summary(), precision.value());
    }

    private static BlockTree tree(ModelDirectory model, Samples samples) {
        try (BlockProbe probe = BlockProbe.open(model)) {
            samples.forEach(probe::run);
            return new BlockTree(samples.text(), probe.strengths());
        }
    }

    private CheckResult checked(ModelDirectory model, Samples samples) {
        Drift drift = new Drift();
        try (Model plain = PlainModel.serving(model);
                Model served =
                        ModelLoader.load(
                                model, new LoadOptions(Samples.BATCH, precision.value()))) {
            samples.forEach(batch -> drift.add(plain.predict(batch), served.predict(batch)));
        }
        return new CheckResult(samples.text(), drift, model.card().task() == Task.DETECTION);
    }
}
