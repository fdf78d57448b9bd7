package dev.iresnet.training.descent;

/**
 * How a step changes weights, beside the learning rate: {@code v = momentum v + gradient + decay
 * w}, {@code w = w - rate v}, as PyTorch's SGD.
 *
 * @param momentum 0 to below 1
 * @param nesterov whether the step looks ahead: {@code w - rate (momentum v + gradient + decay w)}
 * @param weightDecay 0 or more; of weights of convolutions and dense layers only
 * @param clip L2 norm that all gradients together are cut down to; 0 leaves them
 * @param average share of the old weights in their running mean, which is what is measured and
 *     exported; 0 keeps no mean
 */
public record Optimisation(
        float momentum, boolean nesterov, float weightDecay, float clip, float average) {
    public Optimisation {
        range("momentum", momentum, 1);
        range("average", average, 1);
        range("weight-decay", weightDecay, Float.POSITIVE_INFINITY);
        range("clip", clip, Float.POSITIVE_INFINITY);
    }

    private static void range(String what, float value, float below) {
        if (!(value >= 0 && value < below)) {
            throw new IllegalArgumentException(
                    "%s must be 0 or more and below %s, got %s".formatted(what, below, value));
        }
    }
}
