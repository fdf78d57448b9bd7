package dev.iresnet.model.card;

/**
 * How a SavedModel that others wrote is called.
 *
 * @param name of the signature, for example {@code serving_default}
 * @param input its one input
 * @param output its one output
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

    /**
     * Scores, float32 [N,classes].
     *
     * @param name in the signature
     */
    public record Output(String name, Kind kind) {}

    /** What the scores are. */
    public enum Kind {
        /** A softmax is still to be taken. */
        LOGITS,
        /** They are to be taken as they are. */
        PROBABILITIES
    }
}
