package dev.iresnet.engine;

import dev.iresnet.model.ModelDescription;
import dev.iresnet.model.Prediction;
import java.time.Instant;

/** What became of a sample. */
public sealed interface Inference {

    /** When its batch was formed, nanoseconds. */
    long batchedAt();

    /**
     * A batch's way over the device.
     *
     * @param size samples in it
     * @param formedAt nanoseconds
     * @param doneAt nanoseconds
     * @param inferredAt the moment of {@code doneAt} by the wall clock
     */
    record Batch(int size, long formedAt, long doneAt, Instant inferredAt) {}

    /**
     * The model has looked at it.
     *
     * @param firstOfBatch whether this is the first such sample of its batch
     */
    record Done(Prediction prediction, ModelDescription model, Batch batch, boolean firstOfBatch)
            implements Inference {
        @Override
        public long batchedAt() {
            return batch.formedAt();
        }
    }

    /** The output of the network has NaN or infinity in it, or cannot be. */
    record NotFinite(Batch batch) implements Inference {
        @Override
        public long batchedAt() {
            return batch.formedAt();
        }
    }

    /** It was not worth the device's time any more. */
    record Shed(ShedReason reason, long batchedAt) implements Inference {}
}
