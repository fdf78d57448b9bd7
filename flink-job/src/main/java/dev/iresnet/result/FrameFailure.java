package dev.iresnet.result;

import dev.iresnet.event.FailureCode;
import dev.iresnet.event.RawRecord;

/**
 * A record that cannot be labelled, by its own fault, or that was shed.
 *
 * @param record whole
 * @param code stable name for machines, such as {@code IMAGE_CORRUPT}
 * @param message for people: names the thing, the value and what to do; cut to {@value
 *     #MAX_MESSAGE} characters, as it may quote what a stranger has written and must fit into a
 *     header
 */
public record FrameFailure(RawRecord record, FailureCode code, String message)
        implements FrameOutcome {
    private static final int MAX_MESSAGE = 1000;

    public FrameFailure {
        if (message.length() > MAX_MESSAGE) {
            int end = MAX_MESSAGE - 1;
            boolean split = Character.isHighSurrogate(message.charAt(end - 1));
            message = message.substring(0, split ? end - 1 : end) + "…";
        }
    }

    @Override
    public RawRecord.Position source() {
        return record.position();
    }
}
