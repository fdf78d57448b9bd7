package dev.iresnet.inference;

import dev.iresnet.clip.Clip;
import dev.iresnet.clip.ClipFrame;
import dev.iresnet.engine.Inference;
import dev.iresnet.engine.InferenceEngine;
import dev.iresnet.engine.ShedReason;
import dev.iresnet.engine.thread.Deadline;
import dev.iresnet.engine.thread.WorkerPool;
import dev.iresnet.image.CropGeometry;
import dev.iresnet.inference.Labeling.Subject;
import dev.iresnet.model.Sample;
import dev.iresnet.result.FrameListener;
import dev.iresnet.result.FrameOutcome;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts the frames of clips together into samples of the engine, on a thread of its own, because
 * that waits for the engine to have room. Clips that wait are the caller's to bound. Thread-safe.
 */
final class ClipInference {
    private final Answers answers;
    private final InferenceEngine engine;
    private final LongSupplier nanos;
    private final LinkedBlockingQueue<ClipInFlight> queue = new LinkedBlockingQueue<>();
    private final WorkerPool worker;

    /** Does nothing before {@link #start}. */
    ClipInference(Answers answers) {
        this.answers = answers;
        this.engine = answers.engine();
        this.nanos = answers.host().clocks().nanos();
        this.worker = new WorkerPool("iresnet-clips", 1, this::run, engine::fail);
    }

    void start() {
        worker.start();
    }

    CompletableFuture<FrameOutcome> submit(Clip clip, FrameListener listener) {
        listener.received(nanos.getAsLong());
        CompletableFuture<FrameOutcome> promise = answers.pending().promise();
        if (!promise.isDone()) {
            ClipInFlight waiting = new ClipInFlight(clip, promise, listener);
            queue.add(waiting);
            // The engine outlives the tasks that cancel: their clips must not stay in it.
            var unused =
                    promise.whenComplete(
                            (outcome, failure) -> {
                                if (failure != null) {
                                    drop(waiting);
                                }
                            });
        }
        return promise;
    }

    void end() {
        worker.interrupt();
        queue.clear();
    }

    void close(Deadline deadline) {
        worker.join(deadline);
    }

    @SuppressWarnings("CollectionUndefinedEquality") // told apart by identity
    private void drop(ClipInFlight waiting) {
        answers.pending().forget(waiting.promise);
        queue.remove(waiting);
        waiting.cancelInference();
    }

    private void run() throws InterruptedException {
        while (engine.isUsable()) {
            serveNext();
        }
    }

    /** A method of its own, so that a thread that waits holds nothing of the clip before. */
    private void serveNext() throws InterruptedException {
        // The room comes first: time spent waiting for the device counts as queueing.
        ByteBuffer pixels = engine.crops().take();
        boolean used = false;
        try {
            ClipInFlight next = queue.take();
            if (!next.promise.isDone() && !next.isShed()) {
                used = true;
                next.submit(pixels);
            }
        } finally {
            if (!used) {
                engine.crops().giveBack(pixels);
            }
        }
    }

    /** A clip on its way. Told apart by identity. */
    private final class ClipInFlight {
        private final Clip clip;
        private final CompletableFuture<FrameOutcome> promise;
        private final FrameListener listener;
        private final Subject subject;
        private final boolean aboveShare;
        private volatile @Nullable CompletableFuture<Inference> inference;

        ClipInFlight(Clip clip, CompletableFuture<FrameOutcome> promise, FrameListener listener) {
            this.clip = clip;
            this.promise = promise;
            this.listener = listener;
            this.subject = new Subject(clip.record(), clip.last(), Optional.of(clip.span()));
            this.aboveShare = engine.shedder().isClipAboveShare(clip.record().key(), promise);
        }

        private boolean isShed() {
            ShedReason reason = engine.shedder().reason(clip.last().capturedAt(), aboveShare);
            if (reason != null) {
                answers.shed(subject, reason, listener, promise);
            }
            return reason != null;
        }

        void submit(ByteBuffer pixels) {
            listener.taken(nanos.getAsLong());
            pixels.clear();
            for (ClipFrame frame : clip.frames()) {
                pixels.put(frame.pixels());
            }
            pixels.flip();
            listener.decoded(nanos.getAsLong());
            CropGeometry geometry = CropGeometry.whole(engine.model().preprocessing());
            CompletableFuture<Inference> submitted =
                    engine.submit(
                            new Sample(pixels, geometry), clip.last().capturedAt(), aboveShare);
            inference = submitted;
            // If the engine fails, all promises end; this one's failure says nothing more.
            var unused =
                    submitted.thenAccept(
                            done -> answers.answer(subject, geometry, done, listener, promise));
            if (promise.isCompletedExceptionally()) {
                cancelInference();
            }
        }

        private void cancelInference() {
            CompletableFuture<Inference> submitted = inference;
            if (submitted != null) {
                submitted.cancel(false);
            }
        }
    }
}
