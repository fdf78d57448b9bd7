package dev.iresnet.result;

import dev.iresnet.event.Frame;
import dev.iresnet.event.RawRecord;
import dev.iresnet.event.RecordHeader;
import dev.iresnet.model.Detections.Box;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a model says of a frame, or of the clip that ends with it. It holds no picture.
 *
 * @param source where the frame's record was read
 * @param headers of the frame's record, in order; keys may repeat
 * @param inferredAt when its batch was done, or when it was shed; to the microsecond
 * @param labels of a classifier, best first; none of a detector, and none if the frame was shed
 * @param detected by a detector; empty if a classifier has looked at the frame, or it was shed
 * @param clip that the result is of; empty where it is of the frame alone
 */
public record FrameResult(
        Frame.Identity frame,
        RawRecord.Position source,
        List<RecordHeader> headers,
        ModelVersion model,
        Instant inferredAt,
        Status status,
        List<Label> labels,
        Optional<DetectedObjects> detected,
        Optional<ClipSpan> clip,
        Timings timings)
        implements FrameOutcome {

    public FrameResult {
        headers = List.copyOf(headers);
        labels = List.copyOf(labels);
        if (detected.isPresent() && clip.isPresent()) {
            throw new IllegalArgumentException("a detector's result is of a frame, not of a clip");
        }
    }

    /**
     * Frames of a camera, from the first to the last.
     *
     * @param firstNumber -1 if its producer does not count
     * @param lastNumber -1 if its producer does not count
     */
    public record ClipSpan(
            long firstNumber, long lastNumber, Instant firstCapturedAt, Instant lastCapturedAt) {}

    /** How far a result is to be trusted. */
    public enum Status {
        /** A detector's result always is, also if it has found nothing. */
        LABELLED,
        /** The best score is below the least that was asked for. */
        LOW_CONFIDENCE,
        /** The frame was shed: no model has looked at it. */
        STALE
    }

    /** The model that has made a result, or would have. */
    public record ModelVersion(String name, long version, String digest) {}

    /**
     * A class that a model knows, and how sure it is.
     *
     * @param index of the class, 0 or more
     * @param score finite; a probability for most models
     */
    public record Label(int index, String name, float score) {}

    /**
     * What a detector has found in a picture.
     *
     * @param width pixels of the picture as it is stored, 1 or more
     * @param height pixels of the picture as it is stored, 1 or more
     * @param objects best first; none is an answer, too
     */
    public record DetectedObjects(int width, int height, List<DetectedObject> objects) {
        public DetectedObjects {
            objects = List.copyOf(objects);
        }
    }

    /**
     * An object.
     *
     * @param label its class and score
     * @param box within the picture, all of it finite
     */
    public record DetectedObject(Label label, Box box) {}
}
