package dev.iresnet.result;

import dev.iresnet.engine.ShedReason;
import dev.iresnet.event.FailureCode;
import java.time.Instant;

/**
 * Is told what happens to one frame, step by step. Steps may be left out: a frame that fails is not
 * inferred. Each is told by the thread that has the frame, and seen by the thread that has it next,
 * so a listener needs no locks but for {@link #decodingLeft}. Calls must be short. Moments are
 * nanoseconds as of {@link System#nanoTime}.
 */
public interface FrameListener {
    /** Does nothing. */
    FrameListener NONE = new FrameListener() {};

    /** The record has come in. Told by the thread that submits it. */
    default void received(long nanos) {}

    /** A decoder has taken the record. */
    default void taken(long nanos) {}

    /**
     * How much decoding is left of the frame's picture: its work when that is known, 0 when it is
     * decoded. May be told by several threads at once.
     */
    default void decodingLeft(long work) {}

    /** The picture was kept elsewhere and has been waited for. */
    default void fetched(long waitedNanos) {}

    /** The frame's crop is filled. */
    default void decoded(long nanos) {}

    /** A batch was formed with this frame in it. */
    default void batched(long nanos) {}

    /**
     * The device has done the frame's batch.
     *
     * @param batchSize frames in the batch
     * @param firstOfBatch whether this is the batch's first frame with a usable result: who counts
     *     batches counts these
     */
    default void inferred(long nanos, int batchSize, boolean firstOfBatch) {}

    /** No model will look at the frame. */
    default void shed(ShedReason reason) {}

    /** The outcome is a {@link FrameFailure}. */
    default void failed(FailureCode code) {}

    /** The outcome leaves, in its turn. Told by the thread that has submitted the record. */
    default void emitted(FrameOutcome outcome, Instant now) {}
}
