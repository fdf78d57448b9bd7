package dev.iresnet.operator;

import dev.iresnet.event.FailureCode;
import dev.iresnet.serving.Outcome;
import dev.iresnet.serving.ShedReason;
import dev.iresnet.serving.Timings;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/**
 * Metrics of a subtask, group {@code iresnet}. Written by the task thread alone.
 *
 * <p>A batch is counted by the subtask whose frame was its first: over all subtasks, the mean batch
 * is {@code labelled / batches}.
 */
final class TaggingMetrics {
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

    TaggingMetrics(MetricGroup parent, IntSupplier pending, LongSupplier pendingBytes) {
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

    void frameIn() {
        framesIn.inc();
    }

    void labelled(Outcome.Labeled outcome, Instant now) {
        labelled.inc();
        Timings timings = outcome.timings();
        if (outcome.firstOfBatch()) {
            batches.inc();
            batchSize.update(timings.batchSize());
            inference.update(timings.inference() / 1000);
        }
        queue.update(timings.queue() / 1000);
        if (timings.fetch() > 0) {
            fetched.inc();
            fetch.update(timings.fetch() / 1000);
        }
        decode.update(timings.decode() / 1000);
        batchWait.update(timings.batchWait() / 1000);
        frameAge.update(Duration.between(outcome.result().getCapturedAt(), now).toMillis());
    }

    void deadLettered(FailureCode code) {
        deadLettered.inc();
        Counter counter = deadLetteredByCode.get(code);
        if (counter != null) {
            counter.inc();
        }
    }

    /** A shed frame that leaves as a dead letter is counted as one, too. */
    void shed(Outcome.Shed outcome) {
        shed.inc();
        Counter counter = shedByReason.get(outcome.reason());
        if (counter != null) {
            counter.inc();
        }
        if (outcome.answer() instanceof Outcome.Failed failed) {
            deadLettered(failed.code());
        }
    }

    private Histogram histogram(String name) {
        return group.histogram(name, new DescriptiveStatisticsHistogram(WINDOW));
    }
}
