package dev.iresnet.engine;

import dev.iresnet.engine.EngineQueues.ReadySample;
import dev.iresnet.engine.batch.BatchLimit;
import dev.iresnet.engine.batch.BatchTimes;
import dev.iresnet.model.DeviceMemoryException;
import dev.iresnet.model.ModelException;
import dev.iresnet.model.Prediction;
import dev.iresnet.model.Sample;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes batches over the device, in halves where one does not fit its memory. Thread-safe. */
final class BatchRunner {
    private static final Logger LOG = LoggerFactory.getLogger(BatchRunner.class);

    private final CropPool crops;
    private final BatchLimit limit;
    private final BatchTimes times;
    private final LongSupplier nanos;

    BatchRunner(CropPool crops, BatchLimit limit, BatchTimes times, LongSupplier nanos) {
        this.crops = crops;
        this.limit = limit;
        this.times = times;
        this.nanos = nanos;
    }

    /**
     * Runs a batch and gives its crops back, whatever happens.
     *
     * @param lease on the model for all parts of it, unless it gives its place back meanwhile
     * @param answer called for each part that the model has looked at, in order; together the parts
     *     are the batch
     * @throws ModelException if the device fails, or has no room for a single frame
     */
    void run(
            ModelSlot.Lease lease,
            List<ReadySample> batch,
            BiConsumer<List<ReadySample>, List<Prediction>> answer) {
        Deque<List<ReadySample>> parts = new ArrayDeque<>();
        parts.add(batch);
        try {
            while (!parts.isEmpty()) {
                List<ReadySample> part = parts.element();
                List<Prediction> predictions =
                        part.size() > limit.current() ? null : predict(lease, part);
                parts.remove();
                if (predictions == null) {
                    int half = (part.size() + 1) / 2;
                    parts.addFirst(part.subList(half, part.size()));
                    parts.addFirst(part.subList(0, half));
                } else {
                    giveBack(part);
                    answer.accept(part, predictions);
                }
            }
        } finally {
            parts.forEach(this::giveBack);
        }
    }

    /** Null if the part has to be halved. */
    private @Nullable List<Prediction> predict(ModelSlot.Lease lease, List<ReadySample> part) {
        List<Sample> samples = part.stream().map(ReadySample::sample).toList();
        times.begin();
        try {
            long start = nanos.getAsLong();
            List<Prediction> predictions = lease.predict(samples);
            long end = nanos.getAsLong();
            times.took(lease.model(), part.size(), (double) (end - start));
            if (limit.fitted(part.size(), end)) {
                LOG.info("Trying batches of {} frames again", limit.current());
            }
            return predictions;
        } catch (DeviceMemoryException e) {
            if (part.size() == 1) {
                throw new ModelException(
                        "The device's memory has no room for a batch of one frame; free some, or"
                                + " use another device (device.visible-gpus) or a smaller network"
                                + " (model.path)",
                        e);
            }
            limit.overflowed(part.size(), nanos.getAsLong());
            LOG.warn(
                    "A batch of {} frames does not fit the device's memory; batches have {} at most"
                            + " for now. Lower batch.max-size or device.threads if this lasts",
                    part.size(),
                    limit.current());
            return null;
        } finally {
            times.end();
        }
    }

    private void giveBack(List<ReadySample> part) {
        part.forEach(each -> crops.giveBack(each.sample().pixels()));
    }
}
