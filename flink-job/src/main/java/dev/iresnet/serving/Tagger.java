package dev.iresnet.serving;

import dev.iresnet.event.RawRecord;
import java.util.concurrent.CompletableFuture;

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
    CompletableFuture<Outcome> submit(RawRecord record);

    /**
     * Cancels what is under way, then lets go of model and threads, for which it waits: so it must
     * not be called by what hangs on a promise. A second call does nothing.
     */
    @Override
    void close();
}
