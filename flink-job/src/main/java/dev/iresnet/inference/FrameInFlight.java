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

/** A record on its way to a decoder. Told apart by identity. */
abstract class FrameInFlight implements FrameRequest {
    private final RawRecord record;
    private final CompletableFuture<FrameOutcome> promise;
    private final boolean aboveShare;
    private final FrameListener listener;
    final Answers answers;

    private FrameInFlight(
            RawRecord record,
            CompletableFuture<FrameOutcome> promise,
            FrameListener listener,
            Answers answers) {
        this.record = record;
        this.promise = promise;
        this.listener = listener;
        this.answers = answers;
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
    public void shed(Frame frame, ShedReason reason) {
        answers.shed(new Subject(record, frame), reason, listener, promise);
    }

    @Override
    public void failed(FailureCode code, String message) {
        keep(new FrameFailure(record, code, message));
    }

    /** Takes it back from the engine, if it is there. */
    void cancelInference() {}

    final void keep(FrameOutcome outcome) {
        answers.pending().keep(promise, outcome);
    }

    /** One that goes to the engine. */
    static final class ToBeLabelled extends FrameInFlight {
        private volatile @Nullable CompletableFuture<Inference> inference;

        ToBeLabelled(
                RawRecord record,
                CompletableFuture<FrameOutcome> promise,
                FrameListener listener,
                Answers answers) {
            super(record, promise, listener, answers);
        }

        @Override
        public void decoded(Frame frame, Sample sample) {
            CompletableFuture<Inference> submitted =
                    answers.engine().submit(sample, frame.capturedAt(), isAboveShare());
            inference = submitted;
            // If the engine fails, all promises end; this one's failure says nothing more.
            CropGeometry picture = sample.geometry();
            Subject subject = new Subject(record(), frame);
            var unused =
                    submitted.thenAccept(
                            done -> answers.answer(subject, picture, done, listener(), promise()));
            if (promise().isCompletedExceptionally()) {
                cancelInference();
            }
        }

        @Override
        void cancelInference() {
            CompletableFuture<Inference> submitted = inference;
            if (submitted != null) {
                submitted.cancel(false);
            }
        }
    }

    /** One of a clip: what becomes of it is its crop. */
    static final class ToBeCropped extends FrameInFlight {
        private final CropPool crops;

        /**
         * Makes one.
         *
         * @param crops that its pixels go back to
         */
        ToBeCropped(
                RawRecord record,
                CompletableFuture<FrameOutcome> promise,
                FrameListener listener,
                Answers answers,
                CropPool crops) {
            super(record, promise, listener, answers);
            this.crops = crops;
        }

        @Override
        public void decoded(Frame frame, Sample sample) {
            ByteBuffer pixels = sample.pixels();
            byte[] crop = new byte[pixels.remaining()];
            pixels.get(pixels.position(), crop);
            crops.giveBack(pixels);
            keep(new FrameCrop(frame.identity(), record().withoutValue(), crop));
        }
    }
}
