package dev.iresnet.serving;

import dev.iresnet.event.FailureCode;
import dev.iresnet.event.Frame;
import dev.iresnet.event.FrameException;
import dev.iresnet.image.ImageException;
import dev.iresnet.model.ModelException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The work of the decoder threads: records to crops. What is wrong with a record ends here, as its
 * outcome.
 */
final class Decoder {
    private static final Logger LOG = LoggerFactory.getLogger(Decoder.class);

    private final Flow flow;
    private final Stages stages;
    private final Shedder shedder;
    private final LongSupplier nanos;
    private final AtomicBoolean faultLogged = new AtomicBoolean();

    Decoder(Flow flow, Stages stages, Shedder shedder, LongSupplier nanos) {
        this.flow = flow;
        this.stages = stages;
        this.shedder = shedder;
        this.nanos = nanos;
    }

    /** Works until interrupted, or until the engine ends. Several threads may be in here. */
    void run() throws InterruptedException {
        while (!flow.pending().hasEnded()) {
            // The crop comes first: time spent waiting for the device counts as queueing.
            ByteBuffer crop = flow.crops().take();
            boolean handedOver = false;
            try {
                handedOver = decode(flow.submitted().take(), crop);
            } finally {
                if (!handedOver) {
                    flow.crops().giveBack(crop);
                }
            }
        }
    }

    /** Whether the crop now belongs to a ready frame. */
    private boolean decode(Request request, ByteBuffer crop) {
        if (request.promise().isDone()) {
            // Its task has ended: nobody waits for it.
            flow.pending().forget(request.promise());
            return false;
        }
        long takenAt = nanos.getAsLong();
        try {
            Frame frame = stages.reader().read(request.record());
            ShedReason reason = shedder.reason(request, frame);
            if (reason != null) {
                Timings spent = new Timings(takenAt - request.submittedAt(), 0, 0, 0, 0);
                flow.pending().keep(request.promise(), shedder.shed(request, frame, reason, spent));
                return false;
            }
            stages.cropper().crop(frame.image(), crop);
            return flow.ready()
                    .add(new ReadyFrame(request, frame, crop, takenAt, nanos.getAsLong()));
        } catch (FrameException e) {
            fail(request, e.code(), e);
        } catch (ImageException e) {
            fail(request, FailureCode.of(e.reason()), e);
        } catch (ModelException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            // A bug of ours that this record has found. Failing the job would find it again at
            // every
            // restart; as a dead letter the record is kept, and can be replayed when it is mended.
            if (faultLogged.compareAndSet(false, true)) {
                LOG.error(
                        "Record {} ran into a fault of the job's own; it and others like it become"
                                + " dead letters, which say what they met",
                        position(request),
                        e);
            }
            fail(request, FailureCode.INTERNAL_ERROR, e);
        }
        return false;
    }

    private void fail(Request request, FailureCode code, Throwable cause) {
        // Our own exceptions explain themselves; of others the class is half of the message.
        String message = code == FailureCode.INTERNAL_ERROR ? cause.toString() : cause.getMessage();
        flow.pending()
                .keep(
                        request.promise(),
                        new Outcome.Failed(request.record(), code, String.valueOf(message)));
    }

    private static String position(Request request) {
        return request.record().topic()
                + "-"
                + request.record().partition()
                + "@"
                + request.record().offset();
    }
}
