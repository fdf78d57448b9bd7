package dev.iresnet.result;

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

    /** Adds up what is told. */
    public static final class Recorder implements FrameListener {
        private long last;
        private long queue;
        private long fetch;
        private long decode;
        private long batchWait;
        private long inference;
        private int batchSize;

        /** So far. */
        public Timings timings() {
            return new Timings(queue, fetch, decode, batchWait, inference, batchSize);
        }

        @Override
        public void received(long nanos) {
            last = nanos;
        }

        @Override
        public void taken(long nanos) {
            queue = since(nanos);
        }

        @Override
        public void fetched(long waitedNanos) {
            fetch = waitedNanos;
        }

        @Override
        public void decoded(long nanos) {
            decode = since(nanos) - fetch;
        }

        @Override
        public void batched(long nanos) {
            batchWait = since(nanos);
        }

        @Override
        public void inferred(long nanos, int frames, boolean firstOfBatch) {
            inference = since(nanos);
            batchSize = frames;
        }

        private long since(long nanos) {
            long passed = nanos - last;
            last = nanos;
            return passed;
        }
    }
}
