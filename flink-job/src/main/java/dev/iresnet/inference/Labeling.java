package dev.iresnet.inference;

import dev.iresnet.engine.Inference;
import dev.iresnet.engine.ShedReason;
import dev.iresnet.event.FailureCode;
import dev.iresnet.event.Frame;
import dev.iresnet.event.RawRecord;
import dev.iresnet.image.CropGeometry;
import dev.iresnet.model.ClassScores;
import dev.iresnet.model.Detections;
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
import java.util.Optional;

/**
 * How an inference becomes a result.
 *
 * @param topK labels a result of a classifier, 1 or more; a network of fewer classes gives as many
 *     as it has
 * @param minScore best scores below it make a classifier's result LOW_CONFIDENCE; 0..1
 * @param staleFails whether a frame that is shed becomes a failure rather than a result
 */
public record Labeling(int topK, float minScore, boolean staleFails) implements Serializable {
    public Labeling {
        if (topK < 1) {
            throw new IllegalArgumentException("top-k must be 1 or more, got " + topK);
        }
        if (!(minScore >= 0 && minScore <= 1)) {
            throw new IllegalArgumentException("labels.min-score must be 0..1, got " + minScore);
        }
    }

    /** One that answers a frame that is shed with a result. */
    public Labeling(int topK, float minScore) {
        this(topK, minScore, false);
    }

    /**
     * What a result is of: a frame, or the clip that ends with it.
     *
     * @param record of the frame; without its value where the subject is a clip
     */
    record Subject(RawRecord record, Frame.Identity frame, Optional<FrameResult.ClipSpan> clip) {
        Subject(RawRecord record, Frame frame) {
            this(record, frame.identity(), Optional.empty());
        }
    }

    /**
     * A result.
     *
     * @param picture the crop's place in it
     */
    FrameResult result(
            Subject subject, CropGeometry picture, Inference.Done inference, Timings timings) {
        ModelDescription model = inference.model();
        List<FrameResult.Label> labels = List.of();
        Optional<FrameResult.DetectedObjects> detected = Optional.empty();
        if (inference.prediction() instanceof Detections detections) {
            detected = Optional.of(objects(detections, picture, model));
        } else {
            labels = labels(inference.prediction().scores(), model);
        }
        return new FrameResult(
                subject.frame(),
                subject.record().position(),
                subject.record().headers(),
                version(model),
                inference.batch().inferredAt().truncatedTo(ChronoUnit.MICROS),
                detected.isPresent() || labels.get(0).score() >= minScore
                        ? FrameResult.Status.LABELLED
                        : FrameResult.Status.LOW_CONFIDENCE,
                labels,
                detected,
                subject.clip(),
                timings);
    }

    /** The result of what no model has looked at, in the name of the one that would have. */
    static FrameResult stale(
            Subject subject, ModelDescription model, Instant now, Timings timings) {
        return new FrameResult(
                subject.frame(),
                subject.record().position(),
                subject.record().headers(),
                version(model),
                now.truncatedTo(ChronoUnit.MICROS),
                FrameResult.Status.STALE,
                List.of(),
                Optional.empty(),
                subject.clip(),
                timings);
    }

    static FrameFailure staleFailure(
            Subject subject, ShedReason reason, Instant now, Duration maxAge) {
        Frame.Identity frame = subject.frame();
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
        return new FrameFailure(subject.record(), FailureCode.STALE, message);
    }

    private List<FrameResult.Label> labels(ClassScores scores, ModelDescription model) {
        int[] best = scores.top(topK);
        List<FrameResult.Label> labels = new ArrayList<>(best.length);
        for (int index : best) {
            labels.add(label(index, scores.at(index), model));
        }
        return labels;
    }

    private static FrameResult.DetectedObjects objects(
            Detections detections, CropGeometry picture, ModelDescription model) {
        return new FrameResult.DetectedObjects(
                picture.pictureWidth(),
                picture.pictureHeight(),
                detections.objects().stream()
                        .map(
                                object ->
                                        new FrameResult.DetectedObject(
                                                label(object.index(), object.score(), model),
                                                object.box()))
                        .toList());
    }

    private static FrameResult.Label label(int index, float score, ModelDescription model) {
        return new FrameResult.Label(index, model.labels().get(index), score);
    }

    private static FrameResult.ModelVersion version(ModelDescription model) {
        return new FrameResult.ModelVersion(model.name(), model.version(), model.digest());
    }
}
