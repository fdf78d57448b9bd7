package dev.iresnet.cli.training;

import dev.iresnet.cli.option.Failures;
import dev.iresnet.cli.option.PreprocessingOptions;
import dev.iresnet.cli.option.Progress;
import dev.iresnet.image.Preprocessing;
import dev.iresnet.model.Task;
import dev.iresnet.model.card.ModelDirectory;
import dev.iresnet.model.card.VersionWriter;
import dev.iresnet.model.export.ModelExporter;
import dev.iresnet.tensorflow.Gpus;
import dev.iresnet.tensorflow.SessionOptions;
import dev.iresnet.tensorflow.TensorFlowFailures;
import dev.iresnet.tensorflow.TensorFlowProcess;
import dev.iresnet.training.Augmentation;
import dev.iresnet.training.FirstWeights;
import dev.iresnet.training.LearningPictures;
import dev.iresnet.training.Training;
import dev.iresnet.training.TrainingException;
import dev.iresnet.training.TrainingPlan;
import dev.iresnet.training.TrainingPlan.Variation;
import dev.iresnet.zoo.Architecture;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
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
            "%nLearns from DATASET, which holds a directory for each class, of pictures or, for a"
                    + " network that takes clips, of videos; or, for a detector,"
                    + " annotated pictures, and writes the next version of a model. Where training stands is kept in DIR/training after each"
                    + " epoch and when it is interrupted (Ctrl-C); --resume goes on from there, to the"
                    + " same weights as without the break. DIR/training/curve.png shows how losses and"
                    + " accuracy went.%n"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  iresnet train pictures --network cifar-iresnet20 --output models/mine",
            "  iresnet train pictures --from resnet50.pth --freeze backbone --output models/mine",
            "  iresnet train pictures --from models/mine --epochs 5 --learning-rate 0.005"
                    + " --output models/mine",
            "  iresnet train VOC2007 --network ssd300-iresnet18 --split"
                    + " VOC2007/ImageSets/Main/train.txt --validation"
                    + " VOC2007/ImageSets/Main/val.txt --output models/boxes",
            "  iresnet train videos --network iresnet3d18 --output models/actions"
        })
public final class TrainCommand implements Callable<Integer> {
    @Spec private @Nullable CommandSpec spec; // by picocli, before call

    @Parameters(
            paramLabel = "DATASET",
            description =
                    "Holds a directory for each class, with its pictures at any depth, or its videos,"
                            + " as 'iresnet predict' reads them: directories of frames, .gif and"
                            + " other files; for a detector annotated pictures.")
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
                        + " validationAccuracy, of a detector validationMap50. Default: DIR/training/log.jsonl."
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
        Failures failures = new Failures(err());
        try {
            train(failures);
        } catch (RuntimeException e) {
            throw TensorFlowFailures.isOne(e) ? failed(e) : e;
        }
        return failures.exitCode();
    }

    /** TensorFlow's failures are of types that mean wrong usage elsewhere. */
    static TrainingException failed(RuntimeException failure) {
        return new TrainingException(
                "TensorFlow cannot train this: "
                        + failure.getMessage()
                        + ". If it is short of memory, lower --batch or --input-size",
                failure);
    }

    private void train(Failures failures) throws IOException {
        int processors = threads != null ? threads : Runtime.getRuntime().availableProcessors();
        LearningPictures pictures;
        FirstWeights first;
        LearningPictures.Prepared decoded;
        TrainingPlan plan;
        try {
            start.check();
            TensorFlowProcess.settle(new SessionOptions(processors, processors, Gpus.ALL));
            Task task = start.task(data.annotated());
            pictures = data.pictures(dataset, task, seed, failures::add);
            first = start.weights(pictures.labels(), task, seed, this::tell);
            Preprocessing rule = rule(first);
            Architecture network = first.network().architecture();
            Augmentation augmentation = data.augmentation(network, start.headOnly());
            decoded = decode(pictures, rule, augmentation, processors, failures);
            plan = plan(first, rule, augmentation, decoded);
        } catch (IllegalArgumentException e) {
            throw TensorFlowFailures.isOne(e) ? e : usage(String.valueOf(e.getMessage()));
        }
        TrainedModel model = TrainedModel.of(plan, dataset, pictures.labels(), decoded, first);
        VersionWriter.check(model.card());
        decoded.warnings().forEach(sentence -> tell("Mind: " + sentence));
        tell(
                "Training %s on %,d %s of %d classes, %,d to measure with: %,d steps of %d"
                        .formatted(
                                first.network().architecture().name(),
                                decoded.trainingCount(),
                                plan.noun(),
                                pictures.labels().size(),
                                decoded.validationCount(),
                                plan.pace().steps(),
                                plan.pace().batch()));
        Path lines = log != null ? log : state().resolve("log.jsonl");
        Map<String, String> facts = model.facts(processors);
        if (train(new Training(plan, decoded, first.values(), facts, state(), lines), model)) {
            drawCurve(model.title(), lines);
        }
    }

    /** A model's own, but for what the user says. */
    private Preprocessing rule(FirstWeights first) {
        return preprocessing.rule(first.network().architecture(), first.rule(), data.unvaried());
    }

    private LearningPictures.Prepared decode(
            LearningPictures pictures,
            Preprocessing rule,
            Augmentation augmentation,
            int processors,
            Failures failures)
            throws IOException {
        Progress progress =
                new Progress(err(), "files decoded", pictures.count(), System::nanoTime);
        return pictures.decode(
                rule, augmentation, state(), processors, failures::add, progress::advance);
    }

    private TrainingPlan plan(
            FirstWeights first,
            Preprocessing rule,
            Augmentation augmentation,
            LearningPictures.Prepared decoded) {
        boolean ordered = data.ordered();
        Task task = first.network().task();
        return new TrainingPlan(
                first.network(),
                rule,
                start.clip(first),
                step.optimisation(ordered, task),
                step.pace(decoded, ordered, task),
                new Variation(
                        ordered, data.balanced(), augmentation, data.smoothing(), data.mixup()),
                start.headOnly(),
                seed);
    }

    /** Returns false if it was stopped. */
    private boolean train(Training training, TrainedModel model) throws IOException {
        boolean resumed = resume && training.canResume();
        if (resume && !resumed) {
            tell("There is no training to resume in " + state() + ": it begins");
        }
        TrainProgress progress = new TrainProgress(err(), model.plan(), System::nanoTime);
        try (Interruption interruption = new Interruption()) {
            Training.Result result = training.run(resumed, interruption, progress);
            if (result.finished()) {
                export(training, model, result);
            } else {
                tell("Stopped; the same command with --resume goes on");
            }
            return result.finished();
        }
    }

    /** Without it training is done all the same; some machines have no fonts. */
    private void drawCurve(String title, Path lines) {
        try {
            LearningCurve.draw(lines, title, state().resolve("curve.png"));
        } catch (IOException | RuntimeException | LinkageError | InternalError e) {
            tell("The learning curve cannot be drawn: " + e);
        }
    }

    private void export(Training training, TrainedModel model, Training.Result result) {
        boolean wanted = export != null ? export == Exported.BEST : !data.ordered();
        boolean best = wanted && result.score().isPresent();
        TrainedModel trained = model.with(result, best);
        ModelDirectory written =
                ModelExporter.export(
                        trained.card(), best ? training.best() : training.last(), output);
        command().getOut().println(trained.told(written));
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
