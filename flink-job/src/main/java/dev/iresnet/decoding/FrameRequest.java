package dev.iresnet.decoding;

import dev.iresnet.engine.ShedReason;
import dev.iresnet.event.FailureCode;
import dev.iresnet.event.Frame;
import dev.iresnet.event.FrameException;
import dev.iresnet.event.RawRecord;
import dev.iresnet.model.Sample;
import dev.iresnet.result.FrameListener;
import java.util.concurrent.CompletableFuture;

/**
 * A record that waits for a decoder, and the receiver of its frame. Told apart by identity. Of
 * {@link #decoded}, {@link #shed} and {@link #failed} one is called, once, unless the promise ends
 * before: by a decoder, or by a thread that fetches pictures or looks up schemas.
 */
public interface FrameRequest {
    RawRecord record();

    /** Ends when the frame is not needed any more. */
    CompletableFuture<?> promise();

    /** Whether its camera had more than its share of the frames in flight. */
    boolean isAboveShare();

    /** Is told of the frame's steps. */
    FrameListener listener();

    /**
     * The frame is decoded.
     *
     * @param sample its pixels are the receiver's from now on
     */
    void decoded(Frame frame, Sample sample);

    /** The frame is not worth decoding any more. */
    void shed(Frame frame, ShedReason reason);

    /** The record is at fault. */
    void failed(FailureCode code, String message);

    /** The record is at fault, as an exception says. */
    default void failed(FrameException fault) {
        failed(fault.code(), String.valueOf(fault.getMessage()));
    }

    /**
     * A fault of the job's own. The failure has the exception's class and place, but not its
     * message: that may name files, hosts and settings, and strangers may read a dead letter.
     */
    default void failed(Throwable fault) {
        StackTraceElement[] trace = fault.getStackTrace();
        failed(
                FailureCode.INTERNAL_ERROR,
                fault.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0]));
    }
}
