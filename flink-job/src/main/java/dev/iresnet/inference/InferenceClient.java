package dev.iresnet.inference;

import dev.iresnet.clip.Clip;
import dev.iresnet.event.RawRecord;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.result.FrameListener;
import dev.iresnet.result.FrameOutcome;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** What a slot sees of the engine. Thread-safe; one serves all slots of a process. */
public interface InferenceClient extends AutoCloseable {

    /** {@link #submit(RawRecord, FrameListener)} without a listener. */
    default CompletableFuture<FrameOutcome> submit(RawRecord record) {
        return submit(record, new FrameListener());
    }

    /**
     * Takes a record. Never blocks and never refuses: how many records are under way is for callers
     * to bound.
     *
     * @param listener is told of the frame's steps, all but its emission. Of {@link
     *     FrameListener#decodingLeft} none need come: before the outcome comes no more than {@link
     *     #mostWork} is left, thereafter nothing
     * @return completes on a thread of the engine, so what depends on it must be short: normally
     *     with an outcome, for good and bad records alike; exceptionally with a {@link
     *     dev.iresnet.model.ModelException} or an {@link Error} when model, device or process has
     *     failed, and another engine is needed; with a {@link
     *     java.util.concurrent.CancellationException} when the engine has been closed
     */
    CompletableFuture<FrameOutcome> submit(RawRecord record, FrameListener listener);

    /**
     * Takes a clip, as {@link #submit(RawRecord, FrameListener)} takes a record. Only for models
     * for clips, and of those the outcome of a record is a {@link dev.iresnet.result.FrameCrop}.
     *
     * @param clip as many frames as the model takes, of crops that it takes
     */
    CompletableFuture<FrameOutcome> submit(Clip clip, FrameListener listener);

    /** The model that serves now. */
    ModelDescription model();

    /**
     * The most decoding that a record can ask for, in the unit of {@link
     * dev.iresnet.image.DecodeLimits}; 0 if it is not counted.
     */
    long mostWork();

    /** How much decoding of its records a caller may count on to be done within {@code time}. */
    long decodingIn(Duration time);

    /**
     * How many clips a caller may count on to be labelled within {@code time}, at the device's
     * speed of late, 1 or more; 0 while nothing is known.
     */
    long clipsIn(Duration time);

    /**
     * Ends this use of the engine. One that is shared lives on, and what is under way there goes
     * on: cancel the promises first. One that is not shared cancels what is under way and waits for
     * its threads, so this must not be called by what hangs on a promise. A second call does
     * nothing.
     */
    @Override
    void close();
}
