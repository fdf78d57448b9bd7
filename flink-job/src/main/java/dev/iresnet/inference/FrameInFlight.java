package dev.iresnet.inference;

import dev.iresnet.decoding.FrameRequest;
import dev.iresnet.engine.CropPool;
import dev.iresnet.engine.Inference;
import dev.iresnet.engine.ShedReason;
import dev.iresnet.event.FailureCode;
import dev.iresnet.event.Frame;
import dev.iresnet.event.RawRecord;
import dev.iresnet.image.CropGeometry;
import dev.iresnet.inference.Labeling.Subject;
import dev.iresnet.model.Sample;
import dev.iresnet.result.FrameCrop;
import dev.iresnet.result.FrameFailure;
import dev.iresnet.result.FrameListener;
import dev.iresnet.result.FrameOutcome;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A record on its way. Told apart by identity. */
final class FrameInFlight implements FrameRequest {
    private final RawRecord record;
    private final CompletableFuture<FrameOutcome> promise;
    private final boolean aboveShare;
    private final FrameListener listener;
    private final Answers answers;
    private final @Nullable CropPool frameCrops;
    private volatile @Nullable CompletableFuture<Inference> inference;

    /**
     * Makes one.
     *
     * @param frameCrops that its pixels go back to, where its outcome is its crop; null where the
     *     engine takes it
     */
    FrameInFlight(
            RawRecord record,
            CompletableFuture<FrameOutcome> promise,
            FrameListener listener,
            Answers answers,
            @Nullable CropPool frameCrops) {
        this.record = record;
        this.promise = promise;
        this.listener = listener;
        this.answers = answers;
        this.frameCrops = frameCrops;
        // Cameras are told apart by the records' keys: at this point nothing is decoded.
        this.aboveShare = answers.engine().shedder().isAboveShare(record.key(), promise);
    }

    @Override
    public RawRecord record() {
        return record;
    }

    @Override
    public CompletableFuture<FrameOutcome> promise() {
        return promise;
    }

    @Override
    public boolean isAboveShare() {
        return aboveShare;
    }

    @Override
    public FrameListener listener() {
        return listener;
    }

    @Override
    public void decoded(Frame frame, Sample sample) {
        if (frameCrops != null) {
            ByteBuffer pixels = sample.pixels();
            byte[] crop = new byte[pixels.remaining()];
            pixels.get(pixels.position(), crop);
            frameCrops.giveBack(pixels);
            keep(new FrameCrop(frame.identity(), record.withoutValue(), crop));
            return;
        }
        CompletableFuture<Inference> submitted =
                answers.engine().submit(sample, frame.capturedAt(), aboveShare);
        inference = submitted;
        // If the engine fails, all promises end; this one's failure says nothing more.
        CropGeometry picture = sample.geometry();
        Subject subject = new Subject(record, frame);
        var unused =
                submitted.thenAccept(
                        done -> answers.answer(subject, picture, done, listener, promise));
        if (promise.isCompletedExceptionally()) {
            cancelInference();
        }
    }

    @Override
    public void shed(Frame frame, ShedReason reason) {
        answers.shed(new Subject(record, frame), reason, listener, promise);
    }

    @Override
    public void failed(FailureCode code, String message) {
        keep(new FrameFailure(record, code, message));
    }

    /** Takes it back from the engine. */
    void cancelInference() {
        CompletableFuture<Inference> submitted = inference;
        if (submitted != null) {
            submitted.cancel(false);
        }
    }

    private void keep(FrameOutcome outcome) {
        answers.pending().keep(promise, outcome);
    }
}
