package dev.iresnet.result;

import dev.iresnet.engine.ShedReason;
import dev.iresnet.event.FailureCode;
import java.time.Instant;

/**
 * Where a frame's time went, nanoseconds. Steps that a frame did not reach are 0.
 *
 * @param queue from submit to a decoder thread's taking it
 * @param fetch from there to a decoder's having the picture, if the event only refers to it; else 0
 * @param decode event and picture to crop, without the fetch
 * @param batchWait from crop to the forming of its batch
 * @param inference of its batch, the gathering of its crops included
 * @param batchSize frames in its batch
 */
public record Timings(
        long queue, long fetch, long decode, long batchWait, long inference, int batchSize) {

    /** Adds up what it is told, and tells another listener. */
    public static final class Recorder implements FrameListener {
        private final FrameListener next;
        private long last;
        private long queue;
        private long fetch;
        private long decode;
        private long batchWait;
        private long inference;
        private int batchSize;

        public Recorder(FrameListener next) {
            this.next = next;
        }

        /** So far. */
        public Timings timings() {
            return new Timings(queue, fetch, decode, batchWait, inference, batchSize);
        }

        @Override
        public void received(long nanos) {
            last = nanos;
            next.received(nanos);
        }

        @Override
        public void taken(long nanos) {
            queue = since(nanos);
            next.taken(nanos);
        }

        @Override
        public void decodingLeft(long work) {
            next.decodingLeft(work);
        }

        @Override
        public void fetched(long waitedNanos) {
            fetch = waitedNanos;
            next.fetched(waitedNanos);
        }

        @Override
        public void decoded(long nanos) {
            decode = since(nanos) - fetch;
            next.decoded(nanos);
        }

        @Override
        public void batched(long nanos) {
            batchWait = since(nanos);
            next.batched(nanos);
        }

        @Override
        public void inferred(long nanos, int frames, boolean firstOfBatch) {
            inference = since(nanos);
            batchSize = frames;
            next.inferred(nanos, frames, firstOfBatch);
        }

        @Override
        public void shed(ShedReason reason) {
            next.shed(reason);
        }

        @Override
        public void failed(FailureCode code) {
            next.failed(code);
        }

        @Override
        public void emitted(FrameOutcome outcome, Instant now) {
            next.emitted(outcome, now);
        }

        private long since(long nanos) {
            long passed = nanos - last;
            last = nanos;
            return passed;
        }
    }
}
