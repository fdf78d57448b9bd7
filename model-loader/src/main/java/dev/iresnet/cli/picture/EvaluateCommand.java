package dev.iresnet.cli.picture;

import dev.iresnet.cli.option.DetectionOptions;
import dev.iresnet.cli.option.Failures;
import dev.iresnet.cli.option.ModelOptions.JpegDecodingOption;
import dev.iresnet.cli.option.ModelOptions.ModelOption;
import dev.iresnet.cli.option.ModelOptions.PrecisionOption;
import dev.iresnet.cli.option.Progress;
import dev.iresnet.evaluation.Annotations;
import dev.iresnet.evaluation.AveragePrecision;
import dev.iresnet.evaluation.ConfusionMatrix;
import dev.iresnet.evaluation.Evaluation;
import dev.iresnet.evaluation.LabelIndex;
import dev.iresnet.evaluation.LabelIndex.UnknownLabelException;
import dev.iresnet.model.ClassScores;
import dev.iresnet.model.LoadOptions;
import dev.iresnet.model.Model;
import dev.iresnet.model.Prediction;
import dev.iresnet.model.Task;
import dev.iresnet.model.card.ModelDirectory;
import dev.iresnet.model.loading.ModelLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code iresnet evaluate}. */
@Command(
        name = "evaluate",
        header = "Tells how often a model is right.",
        description = {
            "%nLabels all pictures below DIR, whose sub-directories are named like the model's"
                    + " labels (or by their index, from 0), and compares. Pictures that cannot be"
                    + " read are named on standard error and count as nothing. Of a model for clips"
                    + " these are videos, see 'iresnet predict --help'.",
            "%nOf a detector, compares the boxes with annotations, VOC's or COCO's, by COCO's"
                    + " rule: average precision of each class and their mean (mAP), at an overlap"
                    + " of 0.5 and over those from 0.5 to 0.95.%n"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  iresnet evaluate deploy/local/demo/frames",
            "  iresnet evaluate imagenet/val --model models/resnet50 --confusion confusion.csv",
            "  iresnet evaluate VOC2007 --model models/ssd --split VOC2007/ImageSets/Main/test.txt",
            "  iresnet evaluate val2017 --model models/ssd --annotations instances_val2017.json"
        })
public final class EvaluateCommand implements Callable<Integer> {
    @Spec private @Nullable CommandSpec spec; // by picocli, before call

    @Mixin private ModelOption model = new ModelOption();
    @Mixin private PrecisionOption precision = new PrecisionOption();
    @Mixin private JpegDecodingOption decoding = new JpegDecodingOption();

    @Parameters(
            paramLabel = "DIR",
            description =
                    "Holds a directory for each label, with its pictures at any depth; of a"
                            + " detector the pictures.")
    private Path directory = Path.of("");

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "32",
            description = "Pictures that are labelled together. Default: ${DEFAULT-VALUE}.")
    private int batch = 32;

    @Option(
            names = "--confusion",
            paramLabel = "FILE.csv",
            description =
                    "Write the confusion matrix: a row for each true label, a column for each that"
                            + " was given, counts of pictures.")
    private @Nullable Path confusion;

    @Option(
            names = "--json",
            description =
                    "Print one JSON object: model, count, failed, top1, top5, classes (label,"
                            + " count, top1, top5); of a detector map50, map, classes (label,"
                            + " count, ap50, ap).")
    private boolean json;

    @Option(
            names = "--annotations",
            paramLabel = "DIR|FILE.json",
            description =
                    "Of a detector: VOC's XML files, named like the pictures, or COCO's file."
                            + " Default: the XML files in DIR.")
    private @Nullable Path annotations;

    @Option(
            names = "--split",
            paramLabel = "FILE",
            description =
                    "Of a detector: take only the pictures that this file names, one a line,"
                            + " without suffixes, as VOC's ImageSets do.")
    private @Nullable Path split;

    @Mixin private DetectionOptions detection = new DetectionOptions();

    @Override
    public Integer call() throws IOException {
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        LoadOptions options = options(command);
        Failures failures = new Failures(command.getErr());
        ModelDirectory opened = detection.applied(ModelDirectory.open(model.orBundled()), command);
        if (opened.card().task() == Task.DETECTION) {
            if (confusion != null) {
                throw new ParameterException(command, "--confusion is for classifiers");
            }
            detections(opened, options, failures, command);
            return failures.exitCode();
        }
        if (annotations != null || split != null) {
            throw new ParameterException(command, "--annotations and --split are for detectors");
        }
        labels(opened, options, failures, command);
        return failures.exitCode();
    }

    private void labels(
            ModelDirectory opened, LoadOptions options, Failures failures, CommandLine command)
            throws IOException {
        List<PictureFile> files = files(opened, command);
        List<String> labels = opened.card().labels();
        Answers answers = new Answers(truth(files, labels), new ConfusionMatrix(labels), failures);
        predict(opened, options, files, failures, command, answers::count);
        Evaluation evaluation = answers.matrix().evaluation();
        EvaluationReport report =
                new EvaluationReport(opened.description(), evaluation, failures.count());
        print(json ? report.toJson() : report.toText(), command);
        if (confusion != null) {
            Files.writeString(confusion, evaluation.csv());
        }
    }

    private void detections(
            ModelDirectory opened, LoadOptions options, Failures failures, CommandLine command)
            throws IOException {
        requireDirectory(command);
        Annotations truth =
                Annotations.read(
                        annotations == null ? directory : annotations, opened.card().labels());
        AnnotatedPictures pictures =
                AnnotatedPictures.of(
                        PictureFile.listSome(List.of(directory), command), truth, split);
        pictures.flaw().ifPresent(flaw -> command.getErr().println("Mind: " + flaw));
        AveragePrecision precision = new AveragePrecision(opened.card().labels().size());
        predict(
                opened,
                options,
                pictures.files(),
                failures,
                command,
                (some, told) -> pictures.count(some, told, precision, failures));
        DetectionReport report =
                new DetectionReport(opened.description(), precision, failures.count());
        print(json ? report.toJson() : report.toText(), command);
    }

    /** Hands the predictions of all pictures or videos on. */
    private void predict(
            ModelDirectory opened,
            LoadOptions options,
            List<PictureFile> files,
            Failures failures,
            CommandLine command,
            BiConsumer<List<PictureFile>, List<Prediction>> consumer) {
        try (Model loaded = ModelLoader.load(opened, options)) {
            Progress progress =
                    new Progress(command.getErr(), "files", files.size(), System::nanoTime);
            new Predictions(loaded, decoding.value(), batch, failures)
                    .forEach(
                            files,
                            (file, picture, told) -> {
                                consumer.accept(List.of(file), List.of(told));
                                progress.advance(1);
                            });
        }
    }

    private static void print(String report, CommandLine command) {
        command.getOut().print(report);
        command.getOut().flush();
    }

    private void requireDirectory(CommandLine command) {
        if (!Files.isDirectory(directory)) {
            throw new ParameterException(command, directory + " is not a directory");
        }
    }

    private List<PictureFile> files(ModelDirectory opened, CommandLine command) throws IOException {
        requireDirectory(command);
        List<PictureFile> files =
                PictureFile.listSome(List.of(directory), opened.description(), command);
        for (PictureFile file : files) {
            if (file.name().getNameCount() < 2) {
                throw new IOException(
                        "%s must be in a sub-directory that is named like its label"
                                .formatted(file.path()));
            }
        }
        return files;
    }

    private LoadOptions options(CommandLine command) {
        try {
            return new LoadOptions(batch, precision.value());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command, "--batch: " + e.getMessage(), e);
        }
    }

    private static Map<String, Integer> truth(List<PictureFile> files, List<String> labels)
            throws UnknownLabelException {
        List<String> directories = files.stream().map(EvaluateCommand::label).distinct().toList();
        return new LabelIndex(labels).classes(directories);
    }

    private static String label(PictureFile file) {
        return file.name().getName(0).toString();
    }

    /** Compares answers with what the directories say. */
    private record Answers(Map<String, Integer> truth, ConfusionMatrix matrix, Failures failures) {
        void count(List<PictureFile> files, List<Prediction> predictions) {
            for (int row = 0; row < files.size(); row++) {
                PictureFile file = files.get(row);
                Integer label = Objects.requireNonNull(truth.get(label(file)));
                ClassScores scores = predictions.get(row).scores();
                if (scores.isFinite()) {
                    matrix.add(label, scores.top(5));
                } else {
                    failures.add(file.path(), Failures.NOT_FINITE);
                }
            }
        }
    }
}
