package dev.iresnet.engine;

import dev.iresnet.engine.batch.BatchPolicy;
import java.time.Duration;

/**
 * The size of an engine, and how long things may take.
 *
 * @param decoderThreads threads that fill crops, 1 or more
 * @param deviceThreads threads that run batches, and so batches in flight at most, 1 or more
 * @param batching when a batch goes
 * @param hang how long a batch may be on the device before the process is halted; zero for ever
 * @param maxAge of a sample since its capture when its turn comes; zero for any age, and then
 *     nothing is shed
 */
public record EngineOptions(
        int decoderThreads,
        int deviceThreads,
        BatchPolicy batching,
        Duration hang,
        Duration maxAge) {

    public EngineOptions {
        if (decoderThreads < 1 || deviceThreads < 1) {
            throw new IllegalArgumentException(
                    "an engine needs at least 1 decoder and 1 device thread, got "
                            + decoderThreads
                            + " and "
                            + deviceThreads);
        }
        if (hang.isNegative()) {
            throw new IllegalArgumentException(
                    "device.hang-timeout must be 0 or more, got " + hang);
        }
        if (maxAge.isNegative()) {
            throw new IllegalArgumentException(
                    "freshness.max-age must be 0 or more, got " + maxAge);
        }
    }

    /** Samples that the device takes at once. */
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
