package dev.iresnet.serving;

import dev.iresnet.serving.batch.ReadyQueue;
import java.util.concurrent.CompletableFuture;

/**
 * The queues between an engine's threads. A frame whose promise has ended is in none of them: who
 * cancels a promise {@link #drop}s it, and who adds a frame looks at its promise afterwards.
 *
 * @param submitted as many as callers have under way
 * @param crops bounds the frames between decoder and device
 * @param ready decoded frames
 * @param pending all promises, wherever their frames are
 */
record Flow(DecoderQueue submitted, CropPool crops, ReadyQueue<ReadyFrame> ready, Pending pending) {

    /** Hands a new record to the decoders. */
    void add(Request request) {
        submitted.add(request);
        dropIfOver(request);
    }

    /** Hands the decoders what one of them has seen before, and what has come for it since. */
    void addReturned(Work work) {
        submitted.addReturned(work);
        dropIfOver(work.request());
    }

    /**
     * Hands a frame to the devices.
     *
     * @return false if they have ended; its crop is still the caller's then
     */
    boolean add(ReadyFrame frame) {
        boolean taken = ready.add(frame);
        dropIfOver(frame.request());
        return taken;
    }

    /** Lets go of the frame of a promise that nobody waits for, wherever it waits. */
    void drop(CompletableFuture<Outcome> promise) {
        pending.forget(promise);
        if (submitted.remove(promise) instanceof Fetched fetched) {
            fetched.release();
        }
        ready.remove(frame -> frame.request().promise() == promise)
                .forEach(frame -> crops.giveBack(frame.crop()));
    }

    private void dropIfOver(Request request) {
        if (request.promise().isCompletedExceptionally()) {
            drop(request.promise());
        }
    }
}
