package dev.iresnet.cli.training;

import dev.iresnet.training.Augmentation;
import dev.iresnet.training.TrainingPictures;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which pictures are learned from, and how they are varied. */
final class DataOptions {
    private static final String USUAL_SHARE = "0.1";

    @Option(
            names = "--validation",
            paramLabel = "DIR|SHARE",
            description = {
                "Pictures to measure with after each epoch: a directory of classes, or the share of"
                        + " each class that is kept from training for that; 0 for none.",
                "Default: " + USUAL_SHARE + "; none with --order."
            })
    private @Nullable String validation;

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
            paramLabel = "none|mirror|shift|full",
            description = {
                "How pictures are varied: 'mirror' left and right; 'shift' also moves them by up to"
                        + " an eighth; 'full' takes a part of 35%% to 100%%, mirrors, and changes"
                        + " brightness, contrast and saturation. With 'none' those of the"
                        + " network's size are taken pixel for pixel: unless --resize,"
                        + " --preprocessing or the model of --from says otherwise, the shorter"
                        + " side is brought to the input size.",
                "Default: 'shift' for networks of the CIFAR form, else 'full'; 'none' with --order"
                        + " and --freeze."
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

    TrainingPictures.Source source(Path directory) {
        String said = validation != null ? validation : ordered() ? "0" : USUAL_SHARE;
        boolean share = said.matches("\\d*\\.?\\d+");
        return new TrainingPictures.Source(
                directory,
                Optional.ofNullable(order),
                share ? Optional.empty() : Optional.of(Path.of(said)),
                share ? Double.parseDouble(said) : 0);
    }

    /** Whether pictures are to be taken as they are, by what the user said. */
    boolean unvaried() {
        return augment != null ? augment == Augmentation.NONE : ordered();
    }

    Augmentation augmentation(boolean cifar, boolean frozen) {
        if (augment != null) {
            return augment;
        }
        if (ordered() || frozen) {
            return Augmentation.NONE;
        }
        return cifar ? Augmentation.SHIFT : Augmentation.FULL;
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
