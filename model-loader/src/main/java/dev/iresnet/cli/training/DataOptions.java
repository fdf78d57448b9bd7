package dev.iresnet.cli.training;

import dev.iresnet.model.Task;
import dev.iresnet.training.Augmentation;
import dev.iresnet.training.LearningPictures;
import dev.iresnet.training.TrainingPictures;
import dev.iresnet.training.detection.DetectionPictures;
import dev.iresnet.training.detection.DetectionPictures.Part;
import dev.iresnet.zoo.Architecture;
import dev.iresnet.zoo.Stem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which pictures are learned from, and how they are varied. */
final class DataOptions {
    private static final String USUAL_SHARE = "0.1";

    @Option(
            names = "--validation",
            paramLabel = "DIR|FILE|SHARE",
            description = {
                "What to measure with after each epoch: a directory of classes, or the share of"
                        + " each class that is kept from training for that; 0 for none. Of a"
                        + " detector a directory of annotated pictures, a file like --split, or a"
                        + " share.",
                "Default: " + USUAL_SHARE + "; none with --order."
            })
    private @Nullable String validation;

    @Option(
            names = "--annotations",
            paramLabel = "DIR|FILE.json",
            description =
                    "Train a detector on the objects of VOC's XML files, named like the pictures,"
                            + " or COCO's file. Default for detectors: the XML files in DATASET.")
    private @Nullable Path annotations;

    @Option(
            names = "--validation-annotations",
            paramLabel = "DIR|FILE.json",
            description =
                    "Of a detector: those of --validation DIR. Default: the XML files in DIR.")
    private @Nullable Path validationAnnotations;

    @Option(
            names = "--split",
            paramLabel = "FILE",
            description =
                    "Of a detector: learn only from the pictures that this file names, one a line,"
                            + " without suffixes, as VOC's ImageSets do.")
    private @Nullable Path split;

    @Option(
            names = "--order",
            paramLabel = "FILE",
            description =
                    "Learn from exactly the pictures of this list, a path a line, absolute or"
                            + " relative to DATASET, in this order. What is not said then is off:"
                            + " validation, augmentation, Nesterov, warm-up, mixup, averaging,"
                            + " clipping, decay, and the learning rate is constant.")
    private @Nullable Path order;

    @Option(
            names = "--augment",
            paramLabel = "none|mirror|shift|unmirrored|full",
            description = {
                "How pictures are varied: 'mirror' left and right; 'shift' also moves them by up to"
                        + " an eighth; 'full' takes a part of 35%% to 100%%, mirrors, and changes"
                        + " brightness, contrast and saturation; 'unmirrored' does so without the"
                        + " mirror. All frames of a clip are varied alike, and which clip of a video"
                        + " is taken varies, too; with 'none' that in its middle. With 'none' those of the"
                        + " network's size are taken pixel for pixel: unless --resize,"
                        + " --preprocessing or the model of --from says otherwise, the shorter"
                        + " side is brought to the input size. Of a detector 'full' takes a part"
                        + " that overlaps an object by a random share at least.",
                "Default: 'shift' for networks of the CIFAR form, 'unmirrored' for clips, whose"
                        + " labels may name directions, else 'full'; 'none' with --order and"
                        + " --freeze."
            })
    private @Nullable Augmentation augment;

    @Option(
            names = "--mixup",
            paramLabel = "A",
            defaultValue = "0",
            description =
                    "Mix each picture and its label with another of its batch, in shares that"
                            + " follow Beta(A, A); 0.2 is usual. Default: ${DEFAULT-VALUE}, off.")
    private double mixup;

    @Option(
            names = "--label-smoothing",
            paramLabel = "SHARE",
            defaultValue = "0",
            description =
                    "Share of each label that is spread over all classes; 0.1 is usual. Default:"
                            + " ${DEFAULT-VALUE}.")
    private float smoothing;

    @Option(
            names = "--balanced",
            description = "Take each class as often as the others, however few pictures it has.")
    private boolean balanced;

    boolean ordered() {
        return order != null;
    }

    /**
     * Reads what is learned from.
     *
     * @param failed told of files that cannot be read
     * @throws IllegalArgumentException if options are for other tasks
     */
    LearningPictures pictures(
            Path directory, Task task, long seed, BiConsumer<Path, Exception> failed)
            throws IOException {
        if (task == Task.DETECTION) {
            return DetectionPictures.read(annotatedSource(directory), seed, failed);
        }
        boolean videos = task == Task.VIDEO_CLASSIFICATION;
        return TrainingPictures.read(source(directory, videos), seed, failed);
    }

    private TrainingPictures.Source source(Path directory, boolean videos) {
        String said = validation != null ? validation : ordered() ? "0" : USUAL_SHARE;
        boolean share = isShare(said);
        return new TrainingPictures.Source(
                directory,
                videos,
                Optional.ofNullable(order),
                share ? Optional.empty() : Optional.of(Path.of(said)),
                share ? Double.parseDouble(said) : 0);
    }

    /** Whether what was said is for detectors alone. */
    boolean annotated() {
        return annotations != null || split != null || validationAnnotations != null;
    }

    private DetectionPictures.Source annotatedSource(Path directory) {
        if (balanced || mixup != 0 || smoothing != 0) {
            throw new IllegalArgumentException(
                    "--balanced, --mixup and --label-smoothing are for classifiers");
        }
        Path truth = annotations != null ? annotations : directory;
        Part all = new Part(directory, truth, Optional.ofNullable(split));
        String said = validation != null ? validation : ordered() ? "0" : USUAL_SHARE;
        if (isShare(said)) {
            return new DetectionPictures.Source(
                    all, Optional.ofNullable(order), Optional.empty(), Double.parseDouble(said));
        }
        Path place = Path.of(said);
        Path placeTruth = validationAnnotations != null ? validationAnnotations : place;
        Part measured =
                Files.isRegularFile(place)
                        ? new Part(directory, truth, Optional.of(place))
                        : new Part(place, placeTruth, Optional.empty());
        return new DetectionPictures.Source(
                all, Optional.ofNullable(order), Optional.of(measured), 0);
    }

    private static boolean isShare(String said) {
        return said.matches("\\d*\\.?\\d+");
    }

    /** Whether pictures are to be taken as they are, by what the user said. */
    boolean unvaried() {
        return augment != null ? augment == Augmentation.NONE : ordered();
    }

    Augmentation augmentation(Architecture network, boolean frozen) {
        if (augment != null) {
            return augment;
        }
        if (ordered() || frozen) {
            return Augmentation.NONE;
        }
        if (network.takesClips()) {
            return Augmentation.UNMIRRORED;
        }
        return network.backbone().stem().form() == Stem.Form.CIFAR
                ? Augmentation.SHIFT
                : Augmentation.FULL;
    }

    double mixup() {
        return mixup;
    }

    float smoothing() {
        return smoothing;
    }

    boolean balanced() {
        return balanced;
    }
}
