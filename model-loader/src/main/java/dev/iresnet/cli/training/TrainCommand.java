package dev.iresnet.cli.training;

import dev.iresnet.cli.option.Failures;
import dev.iresnet.cli.option.PreprocessingOptions;
import dev.iresnet.cli.option.Progress;
import dev.iresnet.image.Preprocessing;
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
import dev.iresnet.zoo.Stem;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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

    @Spec private @Nullable CommandSpec spec; // by picocli, before call

    @Parameters(
            paramLabel = "DATASET",
            description = "Holds a directory for each class, with its pictures at any depth.")
    private Path dataset = Path.of("");

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "DIR",
            description =
                    "Directory of the model, whose last name is the model's; the next version,"
                            + " DIR/N, is written.")
    private Path output = Path.of("");

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

    @Mixin private StartOptions start = new StartOptions();
    @Mixin private DataOptions data = new DataOptions();
    @Mixin private StepOptions step = new StepOptions();
    @Mixin private PreprocessingOptions preprocessing = new PreprocessingOptions();

    @Override
    public Integer call() throws IOException {
        int processors = threads != null ? threads : Runtime.getRuntime().availableProcessors();
        Failures failures = new Failures(err());
        try {
            start.check();
            TensorFlowProcess.settle(new SessionOptions(processors, processors, Gpus.ALL));
            TrainingPictures pictures = TrainingPictures.read(data.source(dataset), seed);
            pictures.warnings().forEach(sentence -> tell("Mind: " + sentence));
            FirstWeights first = start.weights(pictures.labels(), seed, this::tell);
            Preprocessing rule = rule(first);
            boolean cifar = isCifar(first.network());
            Augmentation augmentation = data.augmentation(cifar, start.headOnly());
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

    /** A model's own, unless the user says otherwise. */
    private Preprocessing rule(FirstWeights first) {
        boolean said = PreprocessingOptions.areGiven(command().getParseResult());
        if (first.rule().isPresent() && !said) {
            return first.rule().get();
        }
        return preprocessing.rule(first.network().architecture());
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
                start.headOnly(),
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
        boolean best = export != null ? export == Exported.BEST : !data.ordered();
        TrainedModel trained =
                TrainedModel.of(plan, pictures, result, best && result.accuracy().isPresent());
        ModelDirectory model =
                ModelExporter.export(
                        trained.card(dataset),
                        trained.best() ? training.best() : training.last(),
                        output);
        command().getOut().println(trained.told(model));
        command().getOut().flush();
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
