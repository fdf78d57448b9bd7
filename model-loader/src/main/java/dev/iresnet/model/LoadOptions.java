package dev.iresnet.model;

/**
 * How a model is made ready.
 *
 * @param maxBatch largest batch that will be asked for; batches of 1, 2, 4 and so on up to it are
 *     run before the model counts as ready, so that no frame pays for the first of its size
 * @param precision of the convolutions; loading fails where this device has no kernels for it
 * @param detection which boxes a detector tells; loading fails where it is not {@link
 *     DetectionChoice#NONE} and the model is no detector
 */
public record LoadOptions(int maxBatch, Precision precision, DetectionChoice detection) {
    public LoadOptions {
        if (maxBatch < 1 || maxBatch > 4096) {
            throw new IllegalArgumentException("maxBatch must be 1..4096, got " + maxBatch);
        }
    }

    /** A detector tells the boxes that its {@code model.json} says. */
    public LoadOptions(int maxBatch, Precision precision) {
        this(maxBatch, precision, DetectionChoice.NONE);
    }

    /** In float32. */
    public LoadOptions(int maxBatch) {
        this(maxBatch, Precision.FLOAT32);
    }
}
