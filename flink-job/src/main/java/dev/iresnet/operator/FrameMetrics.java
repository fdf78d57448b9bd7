package dev.iresnet.operator;

import dev.iresnet.engine.ShedReason;
import dev.iresnet.event.FailureCode;
import dev.iresnet.result.FrameCrop;
import dev.iresnet.result.FrameFailure;
import dev.iresnet.result.FrameListener;
import dev.iresnet.result.FrameOutcome;
import dev.iresnet.result.FrameResult;
import dev.iresnet.result.Timings;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;
import org.jspecify.annotations.Nullable;

/**
 * Metrics of a subtask, group {@code iresnet}. Written by the task thread alone, when a frame comes
 * in and when its outcome leaves.
 *
 * <p>A batch is counted by the subtask whose frame was its first: over all subtasks, the mean batch
 * is {@code labelled / batches}.
 */
final class FrameMetrics {
    /** Values that a histogram remembers: enough for a p99 that rests on ten of them. */
    private static final int WINDOW = 1024;

    private final MetricGroup group;
    private final Counter framesIn;
    private final Counter labelled;
    private final Counter fetched;
    private final Counter batches;
    private final Counter deadLettered;
    private final Map<FailureCode, Counter> deadLetteredByCode = new EnumMap<>(FailureCode.class);
    private final Counter shed;
    private final Map<ShedReason, Counter> shedByReason = new EnumMap<>(ShedReason.class);
    private final Histogram batchSize;
    private final Histogram queue;
    private final Histogram fetch;
    private final Histogram decode;
    private final Histogram batchWait;
    private final Histogram inference;
    private final Histogram frameAge;

    FrameMetrics(MetricGroup parent, IntSupplier pending, LongSupplier pendingBytes) {
        group = parent.addGroup("iresnet");
        framesIn = group.counter("framesIn");
        labelled = group.counter("labelled");
        fetched = group.counter("fetched");
        batches = group.counter("batches");
        deadLettered = group.counter("deadLettered");
        // all of them at once: a dashboard shows zeroes rather than gaps
        for (FailureCode code : FailureCode.values()) {
            deadLetteredByCode.put(
                    code, group.addGroup("code", code.name()).counter("deadLettered"));
        }
        shed = group.counter("shed");
        for (ShedReason reason : ShedReason.values()) {
            shedByReason.put(reason, group.addGroup("reason", reason.name()).counter("shed"));
        }
        batchSize = histogram("batchSize");
        queue = histogram("queueMicros");
        fetch = histogram("fetchMicros");
        decode = histogram("decodeMicros");
        batchWait = histogram("batchWaitMicros");
        inference = histogram("inferenceMicros");
        frameAge = histogram("frameAgeMillis");
        group.gauge("pending", pending::getAsInt);
        group.gauge("pendingBytes", pendingBytes::getAsLong);
    }

    /**
     * Counts one frame.
     *
     * @param decoding is told how much decoding is left
     */
    FrameListener ofFrame(LongConsumer decoding) {
        return new OfFrame(decoding);
    }

    private void labelled(FrameResult result, boolean firstOfBatch, Instant now) {
        labelled.inc();
        Timings timings = result.timings();
        if (firstOfBatch) {
            batches.inc();
            batchSize.update(timings.batchSize());
            inference.update(timings.inference() / 1000);
        }
        timed(timings);
        batchWait.update(timings.batchWait() / 1000);
        frameAge.update(Duration.between(result.frame().capturedAt(), now).toMillis());
    }

    private void timed(Timings timings) {
        queue.update(timings.queue() / 1000);
        if (timings.fetch() > 0) {
            fetched.inc();
            fetch.update(timings.fetch() / 1000);
        }
        decode.update(timings.decode() / 1000);
    }

    private static void inc(@Nullable Counter counter) {
        if (counter != null) {
            counter.inc();
        }
    }

    private Histogram histogram(String name) {
        return group.histogram(name, new DescriptiveStatisticsHistogram(WINDOW));
    }

    private final class OfFrame extends FrameListener {
        private final LongConsumer decoding;
        private @Nullable ShedReason reason;
        private boolean first;

        OfFrame(LongConsumer decoding) {
            this.decoding = decoding;
        }

        @Override
        public void received(long nanos) {
            super.received(nanos);
            framesIn.inc();
        }

        @Override
        public void decodingLeft(long work) {
            decoding.accept(work);
        }

        @Override
        public void inferred(long nanos, int frames, boolean firstOfBatch) {
            super.inferred(nanos, frames, firstOfBatch);
            first = firstOfBatch;
        }

        @Override
        public void shed(ShedReason why) {
            reason = why;
        }

        /** A shed frame that leaves as a dead letter is counted as one, too. */
        @Override
        public void emitted(FrameOutcome outcome, Instant now) {
            if (reason != null) {
                shed.inc();
                inc(shedByReason.get(reason));
            }
            if (outcome instanceof FrameFailure failure) {
                deadLettered.inc();
                inc(deadLetteredByCode.get(failure.code()));
            } else if (reason == null && outcome instanceof FrameResult result) {
                labelled(result, first, now);
            } else if (outcome instanceof FrameCrop) {
                timed(timings());
            }
        }
    }
}
