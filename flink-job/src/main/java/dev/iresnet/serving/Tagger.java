package dev.iresnet.serving;

import dev.iresnet.event.RawRecord;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;

/** Labels records. Thread-safe; one serves all slots of a process. */
public interface Tagger extends AutoCloseable {

    /**
     * Takes a record. Never blocks and never refuses: how many records are under way is for callers
     * to bound.
     *
     * @return completes on a thread of the tagger, so what depends on it must be short: normally
     *     with an outcome, for good and bad records alike; exceptionally with a {@link
     *     dev.iresnet.model.ModelException} or an {@link Error} when model, device or process has
     *     failed, and another tagger is needed; with a {@link
     *     java.util.concurrent.CancellationException} when the tagger has been closed
     */
    default CompletableFuture<Outcome> submit(RawRecord record) {
        return submit(record, left -> {});
    }

    /**
     * The same, telling how much decoding is left of the record.
     *
     * @param decodingLeft told by any thread: the picture's work when it is known, 0 when it is
     *     decoded. Neither need come: before the outcome comes nothing more than {@link #mostWork}
     *     is left, thereafter nothing.
     */
    CompletableFuture<Outcome> submit(RawRecord record, LongConsumer decodingLeft);

    /**
     * The most decoding that a record can ask for, in the unit of {@link
     * dev.iresnet.image.DecodeLimits}; 0 if it is not counted.
     */
    long mostWork();

    /** How much decoding of its records a caller may count on to be done within {@code time}. */
    long decodingIn(Duration time);

    /**
     * Cancels what is under way, then lets go of model and threads, for which it waits: so it must
     * not be called by what hangs on a promise. A second call does nothing.
     */
    @Override
    void close();
}
