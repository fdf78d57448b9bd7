package dev.iresnet.training;

import dev.iresnet.image.Preprocessing;
import dev.iresnet.model.ClipRule;
import dev.iresnet.model.card.Network;
import dev.iresnet.training.descent.Optimisation;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.tensorflow.ndarray.Shape;

/**
 * All that decides what comes out of training, beside pictures, first weights and threads.
 *
 * @param rule picture to input
 * @param clip what a network for clips takes; empty for one for pictures
 * @param optimisation what a step does
 * @param pace how many steps of what length
 * @param variation how pictures and labels are varied
 * @param headOnly whether only the dense layer learns, on features that are computed once
 * @param seed of everything that is random
 */
public record TrainingPlan(
        Network network,
        Preprocessing rule,
        Optional<ClipRule> clip,
        Optimisation optimisation,
        Pace pace,
        Variation variation,
        boolean headOnly,
        long seed) {

    /** For pictures. */
    public TrainingPlan(
            Network network,
            Preprocessing rule,
            Optimisation optimisation,
            Pace pace,
            Variation variation,
            boolean headOnly,
            long seed) {
        this(network, rule, Optional.empty(), optimisation, pace, variation, headOnly, seed);
    }

    public TrainingPlan {
        if (headOnly && (variation.augmentation != Augmentation.NONE || variation.mixup > 0)) {
            throw new IllegalArgumentException(
                    "features that are computed once allow neither augmentation nor mixup");
        }
        if (clip.isPresent() != network.architecture().takesClips()) {
            throw new IllegalArgumentException(
                    "%s: clips are for networks that take them, and for no others"
                            .formatted(network.architecture().name()));
        }
        long bytes = (long) rule.cropBytes() * frames(clip);
        if (pace.batch * bytes > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "batch must be at most %d for %s of %dx%d, got %d"
                            .formatted(
                                    Integer.MAX_VALUE / bytes,
                                    clip.map(c -> c.frames() + " frames").orElse("pictures"),
                                    rule.width(),
                                    rule.height(),
                                    pace.batch));
        }
    }

    private static int frames(Optional<ClipRule> clip) {
        return clip.map(ClipRule::frames).orElse(1);
    }

    /** What is learned from: "pictures" or "videos". */
    public String noun() {
        return clip.isPresent() ? "videos" : "pictures";
    }

    /** Bytes of an input: of a picture, or of all frames of a clip. */
    int inputBytes() {
        return Math.multiplyExact(rule.cropBytes(), frames(clip));
    }

    /** Of a batch: [N,H,W,3], of clips [N,T,H,W,3]. */
    Shape inputs(int count) {
        return clip.isPresent()
                ? Shape.of(count, frames(clip), rule.height(), rule.width(), 3)
                : Shape.of(count, rule.height(), rule.width(), 3);
    }

    /**
     * How many steps of what length.
     *
     * @param batch pictures of a step
     * @param steps in all
     * @param learningRate highest
     * @param warmup steps over which the learning rate rises; 0 for none
     */
    public record Pace(int batch, long steps, double learningRate, Schedule schedule, long warmup) {
        public Pace {
            if (batch < 1 || steps < 1 || warmup < 0) {
                throw new IllegalArgumentException(
                        "batch and steps must be 1 or more, got %d and %d".formatted(batch, steps));
            }
            if (!(learningRate > 0 && learningRate < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "learning-rate must be above 0, got " + learningRate);
            }
        }

        float rate(long step) {
            return (float) schedule.rate(learningRate, step, steps, warmup);
        }
    }

    /**
     * How pictures and labels are varied.
     *
     * @param ordered whether pictures come in the order of their list, else shuffled
     * @param balanced whether every class comes as often as the others, else every picture
     * @param smoothing share of a label that is spread over all classes
     * @param mixup the shares in which two pictures are mixed follow Beta(mixup, mixup); 0 for none
     */
    public record Variation(
            boolean ordered,
            boolean balanced,
            Augmentation augmentation,
            float smoothing,
            double mixup) {
        public Variation {
            if (!(smoothing >= 0 && smoothing < 1)) {
                throw new IllegalArgumentException(
                        "label-smoothing must be 0 or more and below 1, got " + smoothing);
            }
            // beyond these the shares are all but 0 and 1, or all but equal
            if (mixup != 0 && !(mixup >= 0.01 && mixup <= 2)) {
                throw new IllegalArgumentException("mixup must be 0, or 0.01 to 2, got " + mixup);
            }
            if (ordered && balanced) {
                throw new IllegalArgumentException(
                        "--balanced and --order exclude each other: a list says itself how often a picture comes");
            }
        }
    }

    /** What is random in a step. */
    public SplittableRandom random(long step) {
        return new SplittableRandom(seed * 0x9E3779B97F4A7C15L + 7919 * step + 1);
    }

    /** For people and for {@code model.json}: option and value. */
    public Map<String, String> options() {
        Map<String, String> options = new TreeMap<>();
        options.put("network", network.architecture().name());
        options.put("relu", name(network.reluForm()));
        clip.ifPresent(
                of -> {
                    options.put("frames", String.valueOf(of.frames()));
                    options.put("frame-step", String.valueOf(of.step()));
                    options.put("clips", String.valueOf(of.clips().orElse(0)));
                    options.put("frame-rate", String.valueOf(of.framesPerSecond().orElse(0f)));
                });
        options.put("batch", String.valueOf(pace.batch));
        options.put("steps", String.valueOf(pace.steps));
        options.put("learning-rate", String.valueOf(pace.learningRate));
        options.put("schedule", name(pace.schedule));
        options.put("warmup-steps", String.valueOf(pace.warmup));
        options.put("momentum", String.valueOf(optimisation.momentum()));
        options.put("nesterov", String.valueOf(optimisation.nesterov()));
        options.put("weight-decay", String.valueOf(optimisation.weightDecay()));
        options.put("clip", String.valueOf(optimisation.clip()));
        options.put("average", String.valueOf(optimisation.average()));
        options.put("augment", name(variation.augmentation));
        options.put("label-smoothing", String.valueOf(variation.smoothing));
        options.put("mixup", String.valueOf(variation.mixup));
        options.put("ordered", String.valueOf(variation.ordered));
        options.put("balanced", String.valueOf(variation.balanced));
        options.put("freeze", headOnly ? "backbone" : "none");
        options.put("seed", String.valueOf(seed));
        return options;
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
