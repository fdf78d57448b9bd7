package dev.iresnet.cli.importing;

import dev.iresnet.cli.option.ClipOptions;
import dev.iresnet.cli.option.ExitCode;
import dev.iresnet.cli.option.LabelOption;
import dev.iresnet.cli.option.PreprocessingOptions;
import dev.iresnet.cli.option.Progress;
import dev.iresnet.model.card.ModelCard;
import dev.iresnet.model.card.ModelDirectory;
import dev.iresnet.model.card.Network;
import dev.iresnet.model.export.ModelExporter;
import dev.iresnet.model.export.SeededWeights;
import dev.iresnet.model.export.WeightSource;
import dev.iresnet.zoo.Architecture;
import dev.iresnet.zoo.Head;
import dev.iresnet.zoo.Inventory;
import dev.iresnet.zoo.Networks;
import dev.iresnet.zoo.ReluForm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code iresnet create}: a network with random weights becomes the next version of a model. */
@Command(
        name = "create",
        header = "Makes a servable model of a network that was never trained.",
        description = {
            "%nThe weights are random, equal for equal seeds, and scaled so that signals stay"
                    + " finite at any depth. Such a model computes as long as a trained one and knows"
                    + " nothing: for trials of load, memory and deployment.%n"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  iresnet create iresnet50 --output models/trial",
            "  iresnet create cifar-iresnet164 --classes 100 --seed 7 --output models/small",
            "  iresnet create cifar-resnet20 --width-factor 2 --labels mine.txt --classes 4"
                    + " --output models/mine"
        })
public final class CreateCommand implements Callable<Integer> {
    private static final int WIDEST = 64;

    @Spec private @Nullable CommandSpec spec; // by picocli, before call

    @Parameters(
            paramLabel = "NETWORK",
            completionCandidates = NetworkNames.class,
            description =
                    "A family and a depth: iresnet50, resgroupfix101; with 'cifar-' in front the"
                            + " form for small pictures, of any depth that is a whole number of"
                            + " blocks; with 'ssd300-' in front a detector; with '3d' behind the"
                            + " family, as iresnet3d18, a network for clips.")
    private String network = "";

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "DIR",
            description =
                    "Directory of the model, whose last name is the model's; the next version,"
                            + " DIR/N, is written.")
    private Path output = Path.of("");

    @Option(
            names = "--classes",
            paramLabel = "N",
            description =
                    "Outputs, of a classifier 2 or more. Default: 1000; 10 for the CIFAR form; 80 of"
                            + " a detector, its background left out; 400 for clips.")
    private @Nullable Integer classes;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Of the random generator. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(
            names = "--width-factor",
            paramLabel = "K",
            defaultValue = "1",
            description = "Multiplies the channels of every layer. Default: ${DEFAULT-VALUE}.")
    private int widthFactor = 1;

    @Option(
            names = "--relu",
            paramLabel = "authors|paper",
            defaultValue = "authors",
            description =
                    "Form of the shortcuts in staged networks, see 'iresnet import --help'."
                            + " Default: ${DEFAULT-VALUE}.")
    private ReluForm relu = ReluForm.AUTHORS;

    @Mixin private LabelOption labels = new LabelOption();
    @Mixin private PreprocessingOptions preprocessing = new PreprocessingOptions();
    @Mixin private ClipOptions clips = new ClipOptions();

    @Override
    public Integer call() throws IOException {
        ModelDirectory model = create();
        Network created = model.card().network().orElseThrow();
        command()
                .getOut()
                .printf(
                        "Wrote %s: %s, random weights of seed %d (digest %s)%n",
                        model.path(), FormChoice.name(created), seed, model.digest());
        command().getOut().flush();
        return ExitCode.DONE;
    }

    /** As {@code iresnet create NETWORK --output DIR} does. */
    public static ModelDirectory create(String network, Path output, CommandLine command)
            throws IOException {
        CreateCommand create = new CreateCommand();
        CommandLine line =
                new CommandLine(create)
                        .setCaseInsensitiveEnumValuesAllowed(true)
                        .setErr(command.getErr());
        try {
            line.parseArgs(network, "--output", output.toString());
            return create.create();
        } catch (ParameterException e) {
            throw new ParameterException(command, String.valueOf(e.getMessage()), e);
        }
    }

    private ModelDirectory create() throws IOException {
        Network created = new Network(architecture(), relu);
        Architecture network = created.architecture();
        List<String> names = labels.labels(network.classes());
        ModelCard card =
                valid(
                        () ->
                                clips.applied(
                                        ModelCard.of(
                                                created,
                                                names,
                                                preprocessing.rule(network),
                                                Optional.empty())));
        return ModelExporter.export(card, weights(network), output);
    }

    private Architecture architecture() {
        if (widthFactor < 1 || widthFactor > WIDEST) {
            throw usage("--width-factor must be 1.." + WIDEST + ", got " + widthFactor);
        }
        return valid(
                () -> {
                    Architecture named = Networks.named(network.toLowerCase(Locale.ROOT));
                    if (classes != null && classes == 1 && !(named.head() instanceof Head.Ssd)) {
                        throw usage(
                                "--classes must be 2 or more, got 1: the softmax over one class is"
                                        + " always 1. Whether something is there or not are two"
                                        + " classes");
                    }
                    Architecture wide = widthFactor == 1 ? named : named.widened(widthFactor);
                    return clips.applied(classes == null ? wide : wide.withClasses(classes));
                });
    }

    private <T> T valid(Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    /** Reports progress while the weights are read. */
    private WeightSource weights(Architecture architecture) {
        List<?> variables = Inventory.weights(architecture);
        Progress progress =
                new Progress(command().getErr(), "variables", variables.size(), System::nanoTime);
        SeededWeights weights = new SeededWeights(architecture, seed);
        return key -> {
            float[] values = weights.read(key);
            progress.advance(1);
            return values;
        };
    }

    private ParameterException usage(String message) {
        return new ParameterException(command(), message);
    }

    private CommandLine command() {
        return Objects.requireNonNull(spec).commandLine();
    }

    /** For completion: the networks of the paper by name. */
    public static final class NetworkNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Networks.imageNet().stream().map(Architecture::name).iterator();
        }
    }
}
