package dev.iresnet.inference;

import dev.iresnet.engine.Host;
import dev.iresnet.engine.Inference;
import dev.iresnet.engine.InferenceEngine;
import dev.iresnet.engine.ShedReason;
import dev.iresnet.engine.thread.Promises;
import dev.iresnet.event.FailureCode;
import dev.iresnet.image.CropGeometry;
import dev.iresnet.inference.Labeling.Subject;
import dev.iresnet.result.FrameFailure;
import dev.iresnet.result.FrameListener;
import dev.iresnet.result.FrameOutcome;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** Makes outcomes of what the engine says, and keeps promises with them. */
record Answers(
        InferenceEngine engine,
        PipelineOptions options,
        Host host,
        Promises<FrameOutcome> pending) {

    /**
     * Answers with an inference. On a device thread: whatever goes wrong here ends the engine, as
     * on the device.
     *
     * @param picture the crop's place in it
     */
    void answer(
            Subject subject,
            CropGeometry picture,
            Inference done,
            FrameListener listener,
            CompletableFuture<FrameOutcome> promise) {
        try {
            listener.batched(done.batchedAt());
            if (done instanceof Inference.Done scored) {
                Inference.Batch batch = scored.batch();
                listener.inferred(batch.doneAt(), batch.size(), scored.firstOfBatch());
                pending.keep(
                        promise,
                        options.labeling().result(subject, picture, scored, listener.timings()));
            } else if (done instanceof Inference.Shed shed) {
                shed(subject, shed.reason(), listener, promise);
            } else {
                pending.keep(
                        promise,
                        new FrameFailure(
                                subject.record(),
                                FailureCode.RESULT_NOT_FINITE,
                                "the network's output for this %s is not all numbers, or has a box, score or class that cannot be; the batch's other frames are not touched"
                                        .formatted(
                                                subject.clip().isPresent()
                                                        ? "frame's clip"
                                                        : "frame")));
            }
        } catch (RuntimeException | Error e) {
            engine.fail(e);
        }
    }

    /** No model will look at it. */
    void shed(
            Subject subject,
            ShedReason reason,
            FrameListener listener,
            CompletableFuture<FrameOutcome> promise) {
        listener.shed(reason);
        Instant now = host.clocks().wall().instant();
        pending.keep(
                promise,
                options.labeling().staleFails()
                        ? Labeling.staleFailure(subject, reason, now, options.engine().maxAge())
                        : Labeling.stale(subject, engine.model(), now, listener.timings()));
    }
}
