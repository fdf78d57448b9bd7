package dev.iresnet.serving;

import dev.iresnet.event.FailureCode;
import dev.iresnet.event.Frame;
import dev.iresnet.event.RawRecord;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Decides which frames are not worth the device's time, and answers them. Thread-safe. */
final class Shedder {
    private final Freshness freshness;
    private final FairShare<ByteBuffer> shares;
    private final Supplier<Labeler> labeler;
    private final InstantSource wall;

    Shedder(
            Freshness freshness,
            FairShare<ByteBuffer> shares,
            Supplier<Labeler> labeler,
            InstantSource wall) {
        this.freshness = freshness;
        this.shares = shares;
        this.labeler = labeler;
        this.wall = wall;
    }

    /**
     * Whether a record that comes in puts its camera above its share. Cameras are told apart by the
     * records' keys: at this point nothing is decoded.
     */
    boolean isAboveShare(RawRecord record, CompletableFuture<Outcome> promise) {
        byte[] key = record.key();
        if (!freshness.isOn() || key == null) {
            return false;
        }
        ByteBuffer camera = ByteBuffer.wrap(key);
        if (!shares.enter(camera)) {
            return true;
        }
        // Whatever becomes of it, a cancellation included.
        var unused = promise.whenComplete((outcome, failure) -> shares.left(camera));
        return false;
    }

    /** Why this frame is to be shed now; null if it is not. */
    @Nullable ShedReason reason(Request request, Frame frame) {
        if (!freshness.isOn()) {
            return null;
        }
        if (age(frame, wall.instant()).compareTo(freshness.maxAge()) > 0) {
            return ShedReason.AGE;
        }
        return request.aboveShare() ? ShedReason.SHARE : null;
    }

    /** The outcome of a frame that is shed, after the time that it has spent. */
    Outcome shed(Request request, Frame frame, ShedReason reason, Timings spent) {
        Instant now = wall.instant();
        RawRecord record = request.record();
        return new Outcome.Shed(
                reason,
                freshness.deadLetters()
                        ? new Outcome.Failed(record, FailureCode.STALE, message(frame, reason, now))
                        : new Outcome.Labeled(
                                record,
                                labeler.get().stale(record, frame, now, spent),
                                spent,
                                false));
    }

    private String message(Frame frame, ShedReason reason, Instant now) {
        return switch (reason) {
            case AGE ->
                    "captured at %s, %d ms ago when its turn came; freshness.max-age is %d ms"
                            .formatted(
                                    frame.capturedAt(),
                                    age(frame, now).toMillis(),
                                    freshness.maxAge().toMillis());
            case SHARE ->
                    "camera '%s' has more than its share of the frames in flight"
                            .formatted(frame.cameraId());
        };
    }

    private static Duration age(Frame frame, Instant now) {
        return Duration.between(frame.capturedAt(), now);
    }
}
