package dev.iresnet.proving.verify;

import dev.iresnet.schemas.avro.ResultStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What came out for one frame. */
sealed interface Answer {

    String eventId();

    /**
     * A result.
     *
     * @param label the best one's name; null where the result has no labels
     * @param batchSize frames in its batch
     * @param sentAt the record's timestamp, to the millisecond
     * @param polledAt when a read-committed consumer had it
     */
    record Result(
            String eventId,
            ResultStatus status,
            @Nullable String label,
            int batchSize,
            Model model,
            Instant sentAt,
            Instant polledAt)
            implements Answer {}

    /**
     * A dead letter.
     *
     * @param code why, as the record's header says; {@link AnswerReader#NO_CODE} where it has none
     */
    record DeadLetter(String eventId, String code) implements Answer {}

    /** Something that names no frame, in the words of the error. */
    record Unreadable(String eventId, String why) implements Answer {}
}
