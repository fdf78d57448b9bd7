package dev.iresnet.inference;

import dev.iresnet.engine.EngineOptions;
import dev.iresnet.engine.batch.BatchPolicy;

/**
 * How records become outcomes.
 *
 * @param engine how large it is, and how long things may take
 * @param labeling how an inference becomes a result
 */
public record PipelineOptions(EngineOptions engine, Labeling labeling) {

    /** Without limits of time, see {@link EngineOptions}. */
    public PipelineOptions(
            int decoderThreads, int deviceThreads, BatchPolicy batching, Labeling labeling) {
        this(new EngineOptions(decoderThreads, deviceThreads, batching), labeling);
    }
}
