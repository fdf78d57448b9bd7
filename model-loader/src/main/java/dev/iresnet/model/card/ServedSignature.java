package dev.iresnet.model.card;

import java.util.List;

/**
 * How a SavedModel that others wrote is called.
 *
 * @param name of the signature, for example {@code serving_default}
 * @param input its one input
 * @param output what it gives
 */
public record ServedSignature(String name, Input input, Output output) {

    /**
     * Pictures, [N,H,W,3], RGB.
     *
     * @param name in the signature
     */
    public record Input(String name, Type type) {}

    /** What pictures are to be given as. */
    public enum Type {
        /** The pixels themselves, 0..255; the preprocessing's mean and std are not used. */
        UINT8,
        /** {@code (pixel / 255 - mean) / std}, by the preprocessing's mean and std. */
        FLOAT32
    }

    /** What the signature gives. */
    public sealed interface Output permits Scores, ServedDetections {
        /** What the scores are. */
        Kind kind();

        /** In the signature, in the order in which an output head reads them. */
        List<String> names();
    }

    /**
     * Scores of a classifier, float32 [N,classes].
     *
     * @param name in the signature
     */
    public record Scores(String name, Kind kind) implements Output {
        @Override
        public List<String> names() {
            return List.of(name);
        }
    }

    /** What the scores are. */
    public enum Kind {
        /** A softmax is still to be taken; of a detector the sigmoid of each. */
        LOGITS,
        /** They are to be taken as they are. */
        PROBABILITIES
    }
}
