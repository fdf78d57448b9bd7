package dev.iresnet.operator;

import dev.iresnet.inference.InferenceClient;
import java.io.Serializable;
import org.apache.flink.api.common.functions.RuntimeContext;

/** Where a subtask gets its client of the engine. */
@FunctionalInterface
public interface InferenceClientProvider extends Serializable {

    /**
     * Called once a subtask, on the task thread, before the first record. Whatever it throws is
     * fatal for the job, but for an {@link java.io.UncheckedIOException}, a store that does not
     * answer, and an {@link EngineException}: the job restarts and asks again.
     *
     * @return this subtask's share, which it closes when it ends; the engine behind it may live on
     */
    InferenceClient open(RuntimeContext context) throws InterruptedException;
}
