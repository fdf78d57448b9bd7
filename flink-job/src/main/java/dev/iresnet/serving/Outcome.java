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
     * A frame that was not looked at, because it or its camera's frames are too many for the
     * device.
     *
     * @param answer what goes out for it: {@link Labeled}, of status STALE and without labels, or
     *     {@link Failed} with {@link FailureCode#STALE}
     */
    record Shed(ShedReason reason, Outcome answer) implements Outcome {
        @Override
        public RawRecord record() {
            return answer.record();
        }
    }

    /**
     * A record that cannot be labelled, by its own fault.
     *
     * @param code stable name for machines, such as {@code IMAGE_CORRUPT}
     * @param message for people: names the thing, the value and what to do; cut to {@value
     *     #MAX_MESSAGE} characters, as it may quote what a stranger has written and must fit into a
     *     header
     */
    record Failed(RawRecord record, FailureCode code, String message) implements Outcome {
        private static final int MAX_MESSAGE = 1000;

        public Failed {
            if (message.length() > MAX_MESSAGE) {
                message = message.substring(0, MAX_MESSAGE - 1) + "…";
            }
        }
    }
}
