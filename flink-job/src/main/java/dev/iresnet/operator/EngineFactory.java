package dev.iresnet.operator;

import dev.iresnet.inference.InferencePipeline;
import java.io.Serializable;

/** How to start an engine. Equal factories share one, so this is best a record. */
public interface EngineFactory extends Serializable {

    /**
     * Loads the model and starts.
     *
     * @param gpus that Flink has assigned to this process
     * @throws java.io.IOException if the model's store does not answer; the job tries again
     * @throws Exception naming the model, the device or the option at fault; fatal for the job,
     *     unless the engine is to replace one that has failed
     */
    InferencePipeline start(AssignedGpus gpus) throws Exception;

    /** Where its engine computes, {@code GPU:0} for example. Asked after {@link #start}. */
    String device();

    /**
     * With which kernels it computes, for people. Asked after {@link #start}; empty where there is
     * nothing to choose.
     */
    default String kernels() {
        return "";
    }
}
