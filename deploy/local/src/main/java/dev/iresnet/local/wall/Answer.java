package dev.iresnet.local.wall;

import dev.iresnet.schemas.avro.ResultStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of a frame. Texts are fit to be shown, see {@link DisplayText}. */
sealed interface Answer {

    /** Of which camera. */
    String cameraId();

    /**
     * A result.
     *
     * @param eventId the frame's, of a clip its last frame's
     * @param labels best first, the first few, of a detector the best objects'; none of a stale
     *     frame
     * @param capturedAt by the camera's clock
     * @param sentAt by the job's clock, to the millisecond
     * @param model its name and version
     * @param position of the frame
     * @param objects that a detector has found, best first, the first of them; null of a classifier
     * @param frames that it is of: 1, or those of a clip
     */
    record Result(
            String eventId,
            String cameraId,
            ResultStatus status,
            List<Score> labels,
            Instant capturedAt,
            Instant sentAt,
            String model,
            Position position,
            @Nullable List<Found> objects,
            long frames)
            implements Answer {

        public Result {
            labels = List.copyOf(labels);
            objects = objects == null ? null : List.copyOf(objects);
        }
    }

    /**
     * A dead letter.
     *
     * @param code why, for machines
     * @param message why, for people; may be empty
     */
    record Letter(String cameraId, String code, String message) implements Answer {}

    /**
     * A label and its score.
     *
     * @param score 0..1
     */
    record Score(String label, float score) {}

    /**
     * An object and its box, in shares of the picture's sides, 0..1 from its left and its top edge:
     * whatever size the picture is shown in.
     */
    record Found(Score score, float left, float top, float right, float bottom) {}
}
