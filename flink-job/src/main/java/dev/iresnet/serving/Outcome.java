package dev.iresnet.serving;

import dev.iresnet.event.FailureCode;
import dev.iresnet.event.RawRecord;
import dev.iresnet.schemas.avro.LabeledResult;

/** What became of a record: exactly one of these for each. */
public sealed interface Outcome {

    /** The record that went in. */
    RawRecord record();

    /**
     * A label.
     *
     * @param firstOfBatch whether this is the first labelled frame of its batch: who counts batches
     *     counts these
     */
    record Labeled(RawRecord record, LabeledResult result, Timings timings, boolean firstOfBatch)
            implements Outcome {}

    /**
     * A record that cannot be labelled, by its own fault.
     *
     * @param code stable name for machines, such as {@code IMAGE_CORRUPT}
     * @param message for people: names the thing, the value and what to do
     */
    record Failed(RawRecord record, FailureCode code, String message) implements Outcome {}
}
