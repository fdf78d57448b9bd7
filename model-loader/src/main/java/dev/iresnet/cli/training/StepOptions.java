package dev.iresnet.cli.training;

import dev.iresnet.model.Task;
import dev.iresnet.training.LearningPictures;
import dev.iresnet.training.Schedule;
import dev.iresnet.training.TrainingPlan.Pace;
import dev.iresnet.training.descent.Optimisation;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How many steps there are, and what each does. */
final class StepOptions {
    private static final long USUAL_EPOCHS = 30;
    private static final double WARMUP_SHARE = 0.05;

    @Option(
            names = "--batch",
            paramLabel = "N",
            description =
                    "Pictures or clips of a step. Default: 64; 32 for detectors, 16 for clips.")
    private @Nullable Integer batch;

    @Option(
            names = "--steps",
            paramLabel = "N",
            description = "How many steps to make. Default: by --epochs.")
    private @Nullable Long steps;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            description =
                    "How often to go through the pictures. Default: "
                            + USUAL_EPOCHS
                            + ", 65 for detectors; once with --order.")
    private @Nullable Long epochs;

    @Option(
            names = "--learning-rate",
            paramLabel = "R",
            description =
                    "The highest learning rate. Default: 0.05; 2.6e-3 x batch / 32 for detectors.")
    private @Nullable Double learningRate;

    @Option(
            names = "--schedule",
            paramLabel = "constant|cosine|step|ssd",
            description = {
                "How the rate falls: 'cosine' along half a wave, at step s (from 0) of S by (1 +"
                        + " cos(pi s / S)) / 2; 'step' to a tenth at half of the steps and to a"
                        + " hundredth at three quarters; 'ssd' to a tenth at 43 / 65 and to a"
                        + " hundredth at 54 / 65.",
                "Default: cosine; ssd for detectors; constant with --order."
            })
    private @Nullable Schedule schedule;

    @Option(
            names = "--warmup-steps",
            paramLabel = "N",
            description = {
                "Steps over which the rate rises: at step s it is (s + 1) / N of what it would be.",
                "Default: a twentieth of all steps; none with --order."
            })
    private @Nullable Long warmup;

    @Option(
            names = "--momentum",
            paramLabel = "M",
            defaultValue = "0.9",
            description =
                    "Share of the last step that the next one repeats. Default:"
                            + " ${DEFAULT-VALUE}.")
    private float momentum = 0.9f;

    @Option(
            names = "--nesterov",
            negatable = true,
            description = "Look a step ahead. Default: yes; no for detectors and with --order.")
    private @Nullable Boolean nesterov;

    @Option(
            names = "--weight-decay",
            paramLabel = "D",
            description = {
                "Added to the gradient is D times the weight, for convolutions and the dense layer;"
                        + " not for norms and biases.",
                "Default: 5e-4; 0 with --order."
            })
    private @Nullable Float weightDecay;

    @Option(
            names = "--clip",
            paramLabel = "NORM",
            defaultValue = "0",
            description =
                    "Cut all gradients together down to this L2 norm. Default: ${DEFAULT-VALUE},"
                            + " off.")
    private float clip;

    @Option(
            names = "--average",
            paramLabel = "SHARE",
            defaultValue = "0",
            description = {
                "Measure and export the running mean of the weights, of which each step keeps this"
                        + " share; 0.999 is usual. Default: ${DEFAULT-VALUE}, off."
            })
    private float average;

    /**
     * What a step does.
     *
     * @param task of a detector what is not said is as NVIDIA trains SSD300
     */
    Optimisation optimisation(boolean ordered, Task task) {
        boolean detector = task == Task.DETECTION;
        return new Optimisation(
                momentum,
                nesterov != null ? nesterov : !ordered && !detector,
                weightDecay != null ? weightDecay : ordered ? 0 : 5e-4f,
                clip,
                average);
    }

    Pace pace(LearningPictures.Prepared pictures, boolean ordered, Task task) {
        boolean detector = task == Task.DETECTION;
        if (steps != null && epochs != null) {
            throw new IllegalArgumentException("--steps and --epochs exclude each other");
        }
        int usualSize =
                switch (task) {
                    case CLASSIFICATION -> 64;
                    case DETECTION -> 32;
                    case VIDEO_CLASSIFICATION -> 16;
                };
        int size = batch != null ? batch : usualSize;
        if (size < 1) {
            throw new IllegalArgumentException("--batch must be 1 or more, got " + size);
        }
        double usual = detector ? 2.6e-3 * size / 32 : 0.05;
        double highest = learningRate != null ? learningRate : usual;
        long usualTimes = detector ? 65 : USUAL_EPOCHS;
        long times = epochs != null ? epochs : ordered ? 1 : usualTimes;
        long all = steps != null ? steps : times * pictures.stepsOfAnEpoch(size, ordered);
        long rise = warmup != null ? warmup : ordered ? 0 : Math.round(WARMUP_SHARE * all);
        Schedule usualFall = detector ? Schedule.SSD : Schedule.COSINE;
        Schedule falls = schedule != null ? schedule : ordered ? Schedule.CONSTANT : usualFall;
        return new Pace(size, all, highest, falls, rise);
    }
}
