package dev.iresnet.event;

import java.util.concurrent.CompletableFuture;

/** Reads the frame that a record carries. Thread-safe; one for each {@code input.format}. */
public interface FrameReader extends AutoCloseable {
    /** For records that need no preparation. */
    CompletableFuture<Void> READY = CompletableFuture.completedFuture(null);

    /**
     * Has what must be there before {@link #read}: a record may name a schema that has to be asked
     * for. Never waits for it.
     *
     * @return completes when {@link #read} need not wait; exceptionally, with a {@link
     *     FrameException}, if the record cannot be read. Cancel it when the record is not needed
     *     any more
     */
    default CompletableFuture<Void> prepare(RawRecord record) {
        return READY;
    }

    /**
     * Reads and checks everything but the picture itself.
     *
     * @return a frame whose picture is a slice of the record's value, not a copy, or a place that
     *     may be read
     * @throws FrameException if the record is at fault
     */
    Frame read(RawRecord record) throws FrameException;

    /** How the lookup of writer schemas goes. */
    default SchemaLookups lookups() {
        return SchemaLookups.NONE;
    }

    /** Prepares nothing more. */
    @Override
    default void close() {}
}
