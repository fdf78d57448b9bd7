package dev.iresnet.engine;

import dev.iresnet.engine.batch.ReadyQueue;
import dev.iresnet.engine.thread.Promises;
import dev.iresnet.model.Sample;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/**
 * The queues between an engine's threads. A sample whose promise has ended is in none of them: who
 * {@link #add}s a sample has the end of its promise {@link #drop} it, from after that on.
 *
 * @param crops bounds the samples that are filled or wait for the device
 * @param ready samples that wait for the device
 * @param pending all promises, wherever their samples are
 */
record EngineQueues(CropPool crops, ReadyQueue<ReadySample> ready, Promises<Inference> pending) {

    /**
     * A sample that waits for a device. Its pixels go back to the pool once the device has them.
     */
    record ReadySample(
            Sample sample,
            Instant capturedAt,
            boolean aboveShare,
            CompletableFuture<Inference> promise) {}

    /** Hands a sample to the devices; gives its crop back if they have ended. */
    void add(ReadySample ready) {
        if (!ready().add(ready)) {
            crops.giveBack(ready.sample().pixels());
        }
    }

    /** Removes the sample of a promise that has ended, if it waits for the device. */
    void drop(CompletableFuture<Inference> promise) {
        pending.forget(promise);
        ready.remove(each -> each.promise() == promise)
                .forEach(each -> crops.giveBack(each.sample().pixels()));
    }
}
