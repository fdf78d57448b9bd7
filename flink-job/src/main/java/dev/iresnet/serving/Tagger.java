package dev.iresnet.serving;

import dev.iresnet.event.RawRecord;
import java.util.concurrent.CompletableFuture;

/** Labels records. Thread-safe; one serves all slots of a process. */
public interface Tagger extends AutoCloseable {

    /**
     * Never blocks. The future completes on a thread of the tagger, normally with an outcome for
     * good and bad records alike, and exceptionally only when the model or device has failed, which
     * is fatal for the job.
     */
    CompletableFuture<Outcome> submit(RawRecord record);

    @Override
    void close();
}
