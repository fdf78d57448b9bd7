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
     * @param label the best one's name, of a detector the best object's; null where the result has
     *     none
     * @param batchSize frames in its batch
     * @param sentAt the record's timestamp, to the millisecond
     * @param polledAt when a read-committed consumer had it
     * @param objects that a detector has found; null of a classifier
     * @param misplaced whether an object is not where it can be: its box outside of the picture, or
     *     a better one behind it
     * @param clip that the result is of; null of a picture's
     */
    record Result(
            String eventId,
            ResultStatus status,
            @Nullable String label,
            int batchSize,
            Model model,
            Instant sentAt,
            Instant polledAt,
            @Nullable Integer objects,
            boolean misplaced,
            @Nullable Clip clip)
            implements Answer {

        /** Of a picture. */
        Result(
                String eventId,
                ResultStatus status,
                @Nullable String label,
                int batchSize,
                Model model,
                Instant sentAt,
                Instant polledAt,
                @Nullable Integer objects,
                boolean misplaced) {
            this(
                    eventId, status, label, batchSize, model, sentAt, polledAt, objects, misplaced,
                    null);
        }

        /** Of a classifier. */
        Result(
                String eventId,
                ResultStatus status,
                @Nullable String label,
                int batchSize,
                Model model,
                Instant sentAt,
                Instant polledAt) {
            this(eventId, status, label, batchSize, model, sentAt, polledAt, null, false);
        }
    }

    /**
     * Frames of a camera that have one result, which has the event id of the last of them.
     *
     * @param firstFrame number of the first
     * @param lastFrame number of the last
     */
    record Clip(String cameraId, long firstFrame, long lastFrame) {}

    /**
     * A dead letter.
     *
     * @param code why, as the record's header says; {@link AnswerReader#NO_CODE} where it has none
     */
    record DeadLetter(String eventId, String code) implements Answer {}

    /** Something that names no frame, in the words of the error. */
    record Unreadable(String eventId, String why) implements Answer {}
}
