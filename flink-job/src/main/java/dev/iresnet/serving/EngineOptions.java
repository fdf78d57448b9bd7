package dev.iresnet.serving;

import dev.iresnet.serving.batch.BatchPolicy;

/**
 * The size of an engine.
 *
 * @param decoderThreads threads that turn records into crops, 1 or more
 * @param deviceThreads threads that run batches, and so batches in flight at most, 1 or more
 * @param batching when a batch goes
 * @param labeling how scores become a result
 * @param limits how long things may take
 */
public record EngineOptions(
        int decoderThreads,
        int deviceThreads,
        BatchPolicy batching,
        Labeling labeling,
        TimeLimits limits) {

    public EngineOptions {
        if (decoderThreads < 1 || deviceThreads < 1) {
            throw new IllegalArgumentException(
                    "an engine needs at least 1 decoder and 1 device thread, got "
                            + decoderThreads
                            + " and "
                            + deviceThreads);
        }
    }

    /** An engine without limits of time. */
    public EngineOptions(
            int decoderThreads, int deviceThreads, BatchPolicy batching, Labeling labeling) {
        this(decoderThreads, deviceThreads, batching, labeling, TimeLimits.NONE);
    }

    /** Frames that the device takes at once. */
    int room() {
        return deviceThreads * batching.maxSize();
    }

    /**
     * Crops that exist: for each device thread a batch on the device and a full one behind it, and
     * one for each decoder. More would only move waiting frames from their small encoded form to
     * their large decoded one.
     */
    public int crops() {
        return 2 * room() + decoderThreads;
    }
}
