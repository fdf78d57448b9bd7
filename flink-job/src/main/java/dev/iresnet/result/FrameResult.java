package dev.iresnet.result;

import dev.iresnet.event.Frame;
import dev.iresnet.event.RawRecord;
import dev.iresnet.event.RecordHeader;
import java.time.Instant;
import java.util.List;

/**
 * What a model says of a frame. It holds no picture.
 *
 * @param source where the frame's record was read
 * @param headers of the frame's record, in order; keys may repeat
 * @param inferredAt when its batch was done, or when it was shed; to the microsecond
 * @param labels best first; none if the frame was shed
 */
public record FrameResult(
        Frame.Identity frame,
        RawRecord.Position source,
        List<RecordHeader> headers,
        ModelVersion model,
        Instant inferredAt,
        Status status,
        List<Label> labels,
        Timings timings)
        implements FrameOutcome {

    public FrameResult {
        headers = List.copyOf(headers);
        labels = List.copyOf(labels);
    }

    /** How far a result is to be trusted. */
    public enum Status {
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
}
