package dev.iresnet.engine;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Decides which frames are not worth the device's time. Thread-safe. */
public final class Shedder {
    private final Duration maxAge;
    private final FairShare<ByteBuffer> frames;
    private final FairShare<ByteBuffer> clips;
    private final InstantSource wall;

    /**
     * Sheds nothing if {@code maxAge} is zero.
     *
     * @param room samples that the device takes at once
     */
    Shedder(Duration maxAge, int room, InstantSource wall) {
        this.maxAge = maxAge;
        this.frames = new FairShare<>(room);
        this.clips = new FairShare<>(room);
        this.wall = wall;
    }

    /**
     * Whether a frame that comes in puts its camera above its share.
     *
     * @param camera names the camera; not to be changed; null for none, which has no share
     * @param promise ends when the frame is answered
     */
    public boolean isAboveShare(byte @Nullable [] camera, CompletableFuture<?> promise) {
        return isAbove(frames, camera, promise);
    }

    /**
     * The same of a clip. They have shares of their own, because their frames were counted before.
     */
    public boolean isClipAboveShare(byte @Nullable [] camera, CompletableFuture<?> promise) {
        return isAbove(clips, camera, promise);
    }

    private boolean isAbove(
            FairShare<ByteBuffer> shares, byte @Nullable [] camera, CompletableFuture<?> promise) {
        if (maxAge.isZero() || camera == null) {
            return false;
        }
        ByteBuffer name = ByteBuffer.wrap(camera);
        if (!shares.enter(name)) {
            return true;
        }
        // Whatever becomes of it, a cancellation included.
        var unused = promise.whenComplete((outcome, failure) -> shares.left(name));
        return false;
    }

    /**
     * Why a frame is to be shed now; null if it is not.
     *
     * @param aboveShare as {@link #isAboveShare} has said when it came in
     */
    public @Nullable ShedReason reason(Instant capturedAt, boolean aboveShare) {
        if (maxAge.isZero()) {
            return null;
        }
        if (Duration.between(capturedAt, wall.instant()).compareTo(maxAge) > 0) {
            return ShedReason.AGE;
        }
        return aboveShare ? ShedReason.SHARE : null;
    }
}
