package dev.iresnet.cli.training;

import dev.iresnet.cli.importing.CreateCommand.NetworkNames;
import dev.iresnet.cli.option.Failures;
import dev.iresnet.cli.option.PreprocessingOptions;
import dev.iresnet.cli.option.Progress;
import dev.iresnet.image.Preprocessing;
import dev.iresnet.model.card.ModelCard;
import dev.iresnet.model.card.ModelCard.Provenance;
import dev.iresnet.model.card.ModelDirectory;
import dev.iresnet.model.card.Network;
import dev.iresnet.model.export.ModelExporter;
import dev.iresnet.model.export.WeightSource;
import dev.iresnet.tensorflow.Gpus;
import dev.iresnet.tensorflow.SessionOptions;
import dev.iresnet.tensorflow.TensorFlowProcess;
import dev.iresnet.training.Augmentation;
import dev.iresnet.training.FirstWeights;
import dev.iresnet.training.Training;
import dev.iresnet.training.TrainingPictures;
import dev.iresnet.training.TrainingPlan;
import dev.iresnet.training.TrainingPlan.Variation;
import dev.iresnet.zoo.Architecture;
import dev.iresnet.zoo.Networks;
import dev.iresnet.zoo.ReluForm;
import dev.iresnet.zoo.Stem;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code iresnet train}: pictures become a network, the next version of a model. */
@Command(
        name = "train",
        header = "Trains a network on pictures of one's own.",
        description = {
            "%nLearns from DATASET, which holds a directory for each class, and writes the next"
                + " version of a model. Where training stands is kept in DIR/training after each"
                + " epoch and when it is interrupted (Ctrl-C); --resume goes on from there, to the"
                + " same weights as without the break.%n"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  iresnet train pictures --network cifar-iresnet20 --output models/mine",
            "  iresnet train pictures --from resnet50.pth --freeze backbone --output models/mine",
            "  iresnet train pictures --from models/mine --epochs 5 --learning-rate 0.005"
                    + " --output models/mine"
        })
public final class TrainCommand implements Callable<Integer> {
    private static final long PATIENCE_SECONDS = 120;

    /** What of a network is not trained. */
    enum Frozen {
        NONE,
        BACKBONE
    }

    @Spec private @Nullable CommandSpec spec; // by picocli, before call

    @Parameters(
            paramLabel = "DATASET",
            description = "Holds a directory for each class, with its pictures at any depth.")
    private Path dataset = Path.of("");

    @Option(
            names = "--network",
            paramLabel = "NAME",
            completionCandidates = NetworkNames.class,
            description = "What to train from random weights: iresnet50, cifar-iresnet20.")
    private @Nullable String name;

    @Option(
            names = "--from",
            paramLabel = "FILE|DIR",
            description = {
                "Weights to begin with: a checkpoint (.pth, .safetensors) or a model. The head"
                        + " begins anew unless it has the classes of DATASET; that of a checkpoint,"
                        + " whose classes have no names, unless it has as many."
            })
    private @Nullable Path from;

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "DIR",
            description =
                    "Directory of the model, whose last name is the model's; the next version,"
                            + " DIR/N, is written.")
    private Path output = Path.of("");

    @Option(
            names = "--relu",
            paramLabel = "authors|paper",
            description =
                    "Form of the shortcuts in staged networks, see 'iresnet import --help'."
                            + " Default: authors.")
    private @Nullable ReluForm relu;

    @Option(
            names = "--freeze",
            paramLabel = "none|backbone",
            defaultValue = "none",
            description =
                    "'backbone' trains the last layer alone, on features that are computed once:"
                            + " fast, and enough for few pictures. Default: ${DEFAULT-VALUE}.")
    private Frozen freeze = Frozen.NONE;

    @Option(
            names = "--export",
            paramLabel = "best|last",
            description = {
                "Which weights become the model: those that did best on the validation pictures, or"
                        + " the last.",
                "Default: best; last with --order."
            })
    private @Nullable Exported export;

    /** Which weights become the model. */
    enum Exported {
        BEST,
        LAST
    }

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Of everything that is random. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads that compute. Default: as many as there are processors.")
    private @Nullable Integer threads;

    @Option(
            names = "--log",
            paramLabel = "FILE",
            description = {
                "JSON lines: of each step step (from 0), epoch, loss, accuracy, learningRate,"
                        + " gradientNorm and imagesPerSecond; of each epoch validationLoss and"
                        + " validationAccuracy. Default: DIR/training/log.jsonl."
            })
    private @Nullable Path log;

    @Option(names = "--resume", description = "Go on with training that was broken off.")
    private boolean resume;

    @Mixin private DataOptions data = new DataOptions();
    @Mixin private StepOptions step = new StepOptions();
    @Mixin private PreprocessingOptions preprocessing = new PreprocessingOptions();

    @Override
    public Integer call() throws IOException {
        if ((name == null) == (from == null)) {
            throw usage("Say either --network or --from");
        }
        int processors = threads != null ? threads : Runtime.getRuntime().availableProcessors();
        Failures failures = new Failures(err());
        try {
            // a wrong name is told before all pictures are read
            Optional<Architecture> named = Optional.ofNullable(name).map(TrainCommand::named);
            TensorFlowProcess.settle(new SessionOptions(processors, processors, Gpus.ALL));
            TrainingPictures pictures = TrainingPictures.read(data.source(dataset), seed);
            pictures.warnings().forEach(sentence -> tell("Mind: " + sentence));
            FirstWeights first = first(pictures, named);
            Preprocessing rule = rule(first);
            boolean cifar = isCifar(first.network());
            Augmentation augmentation = data.augmentation(cifar, freeze == Frozen.BACKBONE);
            TrainingPictures.Decoded decoded =
                    decode(pictures, rule, augmentation, processors, failures);
            TrainingPlan plan = plan(first.network(), rule, augmentation, decoded);
            tell(
                    "Training %s on %,d pictures of %d classes, %,d to measure with: %,d steps of %d"
                            .formatted(
                                    first.network().architecture().name(),
                                    pictures.trainingCount(),
                                    pictures.labels().size(),
                                    pictures.validationCount(),
                                    plan.pace().steps(),
                                    plan.pace().batch()));
            train(plan, pictures, decoded, first);
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
        return failures.exitCode();
    }

    private static Architecture named(String name) {
        return Networks.named(name.toLowerCase(Locale.ROOT));
    }

    private FirstWeights first(TrainingPictures pictures, Optional<Architecture> named) {
        if (from != null) {
            FirstWeights first =
                    FirstWeights.of(from, pictures.labels(), Optional.ofNullable(relu), seed);
            if (first.newHead()) {
                tell("The last layer begins anew: the classes are others than those of " + from);
            }
            return first;
        }
        Architecture architecture = named.orElseThrow().withClasses(pictures.labels().size());
        return FirstWeights.random(
                new Network(architecture, relu != null ? relu : ReluForm.AUTHORS), seed);
    }

    /** A model's own, unless the user says otherwise. */
    private Preprocessing rule(FirstWeights first) {
        boolean said =
                Stream.of("--preprocessing", "--input-size", "--resize", "--mean", "--std")
                        .anyMatch(command().getParseResult()::hasMatchedOption);
        if (first.rule().isPresent() && !said) {
            return first.rule().get();
        }
        return isCifar(first.network()) ? preprocessing.smallRule() : preprocessing.rule();
    }

    private static boolean isCifar(Network network) {
        return network.architecture().backbone().stem().form() == Stem.Form.CIFAR;
    }

    private TrainingPictures.Decoded decode(
            TrainingPictures pictures,
            Preprocessing rule,
            Augmentation augmentation,
            int processors,
            Failures failures)
            throws IOException {
        int count = pictures.trainingCount() + pictures.validationCount();
        Progress progress = new Progress(err(), "pictures decoded", count, System::nanoTime);
        return pictures.decode(
                rule, augmentation, state(), processors, failures::add, progress::advance);
    }

    private TrainingPlan plan(
            Network network,
            Preprocessing rule,
            Augmentation augmentation,
            TrainingPictures.Decoded decoded) {
        boolean ordered = data.ordered();
        return new TrainingPlan(
                network,
                rule,
                step.optimisation(ordered),
                step.pace(decoded, ordered),
                new Variation(
                        ordered, data.balanced(), augmentation, data.smoothing(), data.mixup()),
                freeze == Frozen.BACKBONE,
                seed);
    }

    private void train(
            TrainingPlan plan,
            TrainingPictures pictures,
            TrainingPictures.Decoded decoded,
            FirstWeights first)
            throws IOException {
        Path lines = log != null ? log : state().resolve("log.jsonl");
        Training training = new Training(plan, decoded, state(), lines);
        Optional<WeightSource> begin =
                resume && training.canResume() ? Optional.empty() : Optional.of(first.values());
        if (resume && begin.isPresent()) {
            tell("There is no training to resume in " + state() + ": it begins");
        }
        TrainProgress progress = new TrainProgress(err(), plan.pace().steps(), System::nanoTime);
        AtomicBoolean stop = new AtomicBoolean();
        CountDownLatch kept = new CountDownLatch(1);
        Thread hook = new Thread(() -> stopAndWait(stop, kept), "interrupted");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            Training.Result result = training.run(begin, stop::get, progress);
            if (result.finished()) {
                export(plan, pictures, training, result);
            } else {
                tell("Stopped; the same command with --resume goes on");
            }
        } finally {
            kept.countDown();
            if (!stop.get()) {
                Runtime.getRuntime().removeShutdownHook(hook);
            }
        }
    }

    private static void stopAndWait(AtomicBoolean stop, CountDownLatch kept) {
        stop.set(true);
        try {
            kept.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void export(
            TrainingPlan plan,
            TrainingPictures pictures,
            Training training,
            Training.Result result) {
        Exported which = export != null ? export : data.ordered() ? Exported.LAST : Exported.BEST;
        boolean best = which == Exported.BEST && result.accuracy().isPresent();
        Map<String, String> facts = new TreeMap<>(plan.options());
        facts.put("pictures", String.valueOf(pictures.trainingCount()));
        facts.put("validation-pictures", String.valueOf(pictures.validationCount()));
        facts.put("weights", best ? "best" : "last");
        (best ? result.accuracy() : result.lastAccuracy())
                .ifPresent(accuracy -> facts.put("accuracy", String.valueOf(accuracy)));
        ModelCard card =
                new ModelCard(
                        pictures.labels(),
                        plan.rule(),
                        Optional.of(plan.network()),
                        Optional.of(
                                new Provenance(directoryName(dataset), pictures.digest(), facts)));
        ModelDirectory model =
                ModelExporter.export(card, best ? training.best() : training.last(), output);
        String measured =
                facts.containsKey("accuracy")
                        ? ", %.2f%% of the validation pictures right"
                                .formatted(100 * Double.parseDouble(facts.get("accuracy")))
                        : "";
        command()
                .getOut()
                .printf(
                        Locale.ROOT,
                        "Wrote %s: %s%s (digest %s)%n",
                        model.path(),
                        plan.network().architecture().name(),
                        measured,
                        model.digest());
        command().getOut().flush();
    }

    private static String directoryName(Path path) {
        return String.valueOf(path.toAbsolutePath().normalize().getFileName());
    }

    private Path state() {
        return output.resolve("training");
    }

    private void tell(String sentence) {
        err().println("iresnet: " + sentence);
        err().flush();
    }

    private PrintWriter err() {
        return command().getErr();
    }

    private CommandLine command() {
        return Objects.requireNonNull(spec).commandLine();
    }

    private ParameterException usage(String message) {
        return new ParameterException(command(), message);
    }
}
