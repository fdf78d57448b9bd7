package dev.iresnet.result;

import dev.iresnet.engine.ShedReason;
import dev.iresnet.event.Frame;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Is told what happens to one frame, step by step, and adds up where its time goes. A subclass does
 * more; it calls the method that it overrides. Steps may be left out: a frame that fails is not
 * inferred. Each is told by the thread that has the frame, and seen by the thread that has it next,
 * so a listener needs no locks but for {@link #decodingLeft}. Calls must be short. Moments are
 * nanoseconds as of {@link System#nanoTime}.
 */
public class FrameListener {
    private long last;
    private long queue;
    private long fetch;
    private long decode;
    private long batchWait;
    private long inference;
    private int batchSize;
    private Frame.@Nullable Identity frame;

    /** So far. */
    public final Timings timings() {
        return new Timings(queue, fetch, decode, batchWait, inference, batchSize);
    }

    /** The record has come in. Told by the thread that submits it. */
    public void received(long nanos) {
        last = nanos;
    }

    /** A decoder has taken the record. */
    public void taken(long nanos) {
        queue = since(nanos);
    }

    /** The record's frame is known; its picture is not yet looked into. */
    public void read(Frame.Identity identity) {
        frame = identity;
    }

    /** The record's frame; null before it is {@link #read}, and of a record that has none. */
    public final Frame.@Nullable Identity frame() {
        return frame;
    }

    /**
     * How much decoding is left of the frame's picture: its work when that is known, 0 when it is
     * decoded. May be told by several threads at once.
     */
    public void decodingLeft(long work) {}

    /** The picture was kept elsewhere and has been waited for. */
    public void fetched(long waitedNanos) {
        fetch = waitedNanos;
    }

    /** The frame's crop is filled. */
    public void decoded(long nanos) {
        decode = since(nanos) - fetch;
    }

    /** A batch was formed with this frame in it. */
    public void batched(long nanos) {
        batchWait = since(nanos);
    }

    /**
     * The device has done the frame's batch.
     *
     * @param frames in the batch
     * @param firstOfBatch whether this is the batch's first frame with a usable result: who counts
     *     batches counts these
     */
    public void inferred(long nanos, int frames, boolean firstOfBatch) {
        inference = since(nanos);
        batchSize = frames;
    }

    /** No model will look at the frame. */
    public void shed(ShedReason reason) {}

    /** The outcome leaves, in its turn. Told by the thread that has submitted the record. */
    public void emitted(FrameOutcome outcome, Instant now) {}

    private long since(long nanos) {
        long passed = nanos - last;
        last = nanos;
        return passed;
    }
}
