package dev.iresnet.serving;

import dev.iresnet.event.FailureCode;
import dev.iresnet.event.Frame;
import dev.iresnet.event.FrameException;
import dev.iresnet.event.Picture;
import dev.iresnet.image.EncodedImage;
import dev.iresnet.image.ImageException;
import dev.iresnet.model.ModelException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
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
    private final PictureDesk desk;
    private final DecodingSpeed speed;
    private final LongSupplier nanos;
    private final AtomicBoolean faultLogged = new AtomicBoolean();

    Decoder(
            Flow flow,
            Stages stages,
            Shedder shedder,
            PictureDesk desk,
            DecodingSpeed speed,
            LongSupplier nanos) {
        this.flow = flow;
        this.stages = stages;
        this.shedder = shedder;
        this.desk = desk;
        this.speed = speed;
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
    private boolean decode(Work work, ByteBuffer crop) {
        Request request = work.request();
        try {
            if (request.promise().isDone()) {
                // Its task has ended: nobody waits for it.
                flow.pending().forget(request.promise());
                return false;
            }
            return work instanceof Fetched fetched
                    ? decodeFetched(fetched, crop)
                    : decodeRecord(request, crop);
        } catch (FrameException e) {
            fail(request, e.code(), e);
        } catch (ImageException e) {
            fail(request, FailureCode.of(e.reason()), e);
        } catch (ModelException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            // A bug of ours that this record has found. Failing the job would find it again at each
            // restart; as a dead letter the record is kept, and can be replayed when it is mended.
            if (faultLogged.compareAndSet(false, true)) {
                LOG.error(
                        "Record {} ran into a fault of the job's own; it and others like it become"
                                + " dead letters, which say what they met",
                        position(request),
                        e);
            }
            fail(request, FailureCode.INTERNAL_ERROR, e);
        } finally {
            if (work instanceof Fetched fetched) {
                fetched.release();
            }
        }
        return false;
    }

    private boolean decodeRecord(Request request, ByteBuffer crop)
            throws FrameException, ImageException {
        if (!isPrepared(request)) {
            return false;
        }
        long takenAt = nanos.getAsLong();
        Frame frame = stages.reader().read(request.record());
        if (isShed(request, frame, takenAt, 0)) {
            return false;
        }
        if (frame.picture() instanceof Picture.Carried carried) {
            crop(request, carried.image(), crop);
            return handOn(request, frame, crop, takenAt, 0);
        }
        if (frame.picture() instanceof Picture.Referred referred) {
            desk.handIn(request, frame, referred, takenAt);
        }
        return false;
    }

    /**
     * A record whose schema has to be asked for waits without a thread, and comes back before all
     * that wait for a decoder: the order of others has waited for it.
     */
    private boolean isPrepared(Request request) {
        CompletableFuture<Void> prepared = stages.reader().prepare(request.record());
        if (prepared.isDone() && !prepared.isCompletedExceptionally()) {
            return true;
        }
        // Counted as hardly any decoding meanwhile: else a few of these would keep all others out.
        request.decodingLeft().accept(1);
        var unused =
                prepared.whenComplete(
                        (done, failure) -> {
                            if (failure == null) {
                                request.decodingLeft().accept(stages.cropper().mostWork());
                                flow.addReturned(request);
                            } else if (prepared.isCancelled()) {
                                flow.pending().forget(request.promise());
                            } else if (failure instanceof FrameException refusal) {
                                fail(request, refusal.code(), refusal);
                            } else {
                                fail(request, FailureCode.INTERNAL_ERROR, failure);
                            }
                        });
        // Its task has ended, or the engine has: nothing is to keep the record in memory.
        var unusedEnd = request.promise().whenComplete((o, failure) -> prepared.cancel(false));
        return false;
    }

    private boolean decodeFetched(Fetched fetched, ByteBuffer crop) throws ImageException {
        PictureDesk.Referring frame = fetched.frame();
        Request request = frame.request();
        long waited = frame.waited();
        if (isShed(request, frame.frame(), frame.takenAt(), waited)) {
            return false;
        }
        crop(request, frame.picture().image(fetched.bytes()), crop);
        return handOn(request, frame.frame(), crop, frame.takenAt(), waited);
    }

    private void crop(Request request, EncodedImage image, ByteBuffer crop) throws ImageException {
        long begun = nanos.getAsLong();
        long[] told = {0};
        stages.cropper()
                .crop(
                        image,
                        crop,
                        work -> {
                            told[0] = work;
                            request.decodingLeft().accept(work);
                        });
        if (told[0] > 0) {
            speed.observe(told[0], nanos.getAsLong() - begun);
        }
        request.decodingLeft().accept(0);
    }

    private boolean isShed(Request request, Frame frame, long takenAt, long fetch) {
        ShedReason reason = shedder.reason(request, frame);
        if (reason == null) {
            return false;
        }
        Timings spent = new Timings(takenAt - request.submittedAt(), fetch, 0, 0, 0, 0);
        flow.pending().keep(request.promise(), shedder.shed(request, frame, reason, spent));
        return true;
    }

    private boolean handOn(
            Request request, Frame frame, ByteBuffer crop, long takenAt, long fetch) {
        ReadyFrame.Times times = new ReadyFrame.Times(takenAt, fetch, nanos.getAsLong());
        return flow.add(new ReadyFrame(request, frame, crop, times));
    }

    private void fail(Request request, FailureCode code, Throwable cause) {
        String message = code == FailureCode.INTERNAL_ERROR ? place(cause) : cause.getMessage();
        flow.pending()
                .keep(
                        request.promise(),
                        new Outcome.Failed(request.record(), code, String.valueOf(message)));
    }

    /**
     * What was met and where, but not its message: others than our own may name files, hosts and
     * settings, and a dead letter goes to strangers.
     */
    private static String place(Throwable fault) {
        StackTraceElement[] trace = fault.getStackTrace();
        return fault.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0]);
    }

    private static String position(Request request) {
        return request.record().topic()
                + "-"
                + request.record().partition()
                + "@"
                + request.record().offset();
    }
}
