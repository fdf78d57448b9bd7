package dev.iresnet.inference;

import dev.iresnet.engine.Inference;
import dev.iresnet.engine.ShedReason;
import dev.iresnet.event.FailureCode;
import dev.iresnet.event.Frame;
import dev.iresnet.event.RawRecord;
import dev.iresnet.model.ClassScores;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.result.FrameFailure;
import dev.iresnet.result.FrameResult;
import dev.iresnet.result.Timings;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * How an inference becomes a result.
 *
 * @param topK labels a result, 1 or more; a network of fewer classes gives as many as it has
 * @param minConfidence best scores below it make a result LOW_CONFIDENCE; 0..1
 * @param staleFails whether a frame that is shed becomes a failure rather than a result
 */
public record Labeling(int topK, float minConfidence, boolean staleFails) implements Serializable {
    public Labeling {
        if (topK < 1) {
            throw new IllegalArgumentException("top-k must be 1 or more, got " + topK);
        }
        if (!(minConfidence >= 0 && minConfidence <= 1)) {
            throw new IllegalArgumentException(
                    "the confidence threshold must be 0..1, got " + minConfidence);
        }
    }

    /** One that answers a frame that is shed with a result. */
    public Labeling(int topK, float minConfidence) {
        this(topK, minConfidence, false);
    }

    FrameResult result(RawRecord record, Frame frame, Inference.Done inference, Timings timings) {
        List<FrameResult.Label> labels = labels(inference.prediction().scores(), inference.model());
        return new FrameResult(
                frame.identity(),
                record.position(),
                record.headers(),
                version(inference.model()),
                inference.batch().inferredAt().truncatedTo(ChronoUnit.MICROS),
                labels.get(0).score() < minConfidence
                        ? FrameResult.Status.LOW_CONFIDENCE
                        : FrameResult.Status.LABELLED,
                labels,
                timings);
    }

    /**
     * The result of a frame that no model has looked at, in the name of the one that would have.
     */
    static FrameResult stale(
            RawRecord record, Frame frame, ModelDescription model, Instant now, Timings timings) {
        return new FrameResult(
                frame.identity(),
                record.position(),
                record.headers(),
                version(model),
                now.truncatedTo(ChronoUnit.MICROS),
                FrameResult.Status.STALE,
                List.of(),
                timings);
    }

    static FrameFailure staleFailure(
            RawRecord record, Frame frame, ShedReason reason, Instant now, Duration maxAge) {
        String message =
                switch (reason) {
                    case AGE ->
                            "captured at %s, %d ms ago when its turn came; freshness.max-age is %d ms"
                                    .formatted(
                                            frame.capturedAt(),
                                            Duration.between(frame.capturedAt(), now).toMillis(),
                                            maxAge.toMillis());
                    case SHARE ->
                            "camera '%s' has more than its share of the frames in flight"
                                    .formatted(frame.cameraId());
                };
        return new FrameFailure(record, FailureCode.STALE, message);
    }

    private List<FrameResult.Label> labels(ClassScores scores, ModelDescription model) {
        int[] best = scores.top(topK);
        List<FrameResult.Label> labels = new ArrayList<>(best.length);
        for (int index : best) {
            labels.add(new FrameResult.Label(index, model.labels().get(index), scores.at(index)));
        }
        return labels;
    }

    private static FrameResult.ModelVersion version(ModelDescription model) {
        return new FrameResult.ModelVersion(model.name(), model.version(), model.digest());
    }
}
