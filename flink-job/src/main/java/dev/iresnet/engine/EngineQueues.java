package dev.iresnet.engine;

import dev.iresnet.engine.batch.ReadyQueue;
import dev.iresnet.engine.thread.Promises;
import java.util.concurrent.CompletableFuture;

/**
 * The queues between an engine's threads. A sample whose promise has ended is in none of them: who
 * cancels a promise {@link #drop}s it, and who adds a sample looks at its promise afterwards.
 *
 * @param crops bounds the samples that are filled or wait for the device
 * @param ready samples that wait for the device
 * @param pending all promises, wherever their samples are
 */
record EngineQueues(CropPool crops, ReadyQueue<ReadySample> ready, Promises<Inference> pending) {

    /** Hands a sample to the devices; gives its crop back if they have ended. */
    void add(ReadySample ready) {
        if (!ready().add(ready)) {
            crops.giveBack(ready.sample().pixels());
        }
        if (ready.promise().isCompletedExceptionally()) {
            drop(ready.promise());
        }
    }

    /** Lets go of the sample of a promise that nobody waits for, if it waits for the device. */
    void drop(CompletableFuture<Inference> promise) {
        pending.forget(promise);
        ready.remove(each -> each.promise() == promise)
                .forEach(each -> crops.giveBack(each.sample().pixels()));
    }
}
