package dev.iresnet.serving;

import dev.iresnet.event.RawRecord;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;

/**
 * A record that waits for a decoder.
 *
 * @param promise to its submitter
 * @param submittedAt nanoseconds
 * @param aboveShare whether its camera had more than its share of the frames in flight
 * @param decodingLeft see {@link Tagger#submit(RawRecord, LongConsumer)}
 */
record Request(
        RawRecord record,
        CompletableFuture<Outcome> promise,
        long submittedAt,
        boolean aboveShare,
        LongConsumer decodingLeft)
        implements Work {
    @Override
    public Request request() {
        return this;
    }
}
