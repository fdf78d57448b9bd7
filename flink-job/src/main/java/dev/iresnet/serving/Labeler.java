package dev.iresnet.serving;

import dev.iresnet.event.Frame;
import dev.iresnet.event.RawRecord;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.model.ModelException;
import dev.iresnet.model.Prediction;
import dev.iresnet.schemas.avro.Label;
import dev.iresnet.schemas.avro.LabeledResult;
import dev.iresnet.schemas.avro.ModelReference;
import dev.iresnet.schemas.avro.ResultStatus;
import dev.iresnet.schemas.avro.SourcePosition;
import dev.iresnet.schemas.avro.TimeSpent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Writes results: what a model says of a frame. Thread-safe. */
final class Labeler {
    private final ModelDescription model;
    private final ModelReference reference;
    private final Labeling rule;

    Labeler(ModelDescription model, Labeling rule) {
        this.model = model;
        this.reference = new ModelReference(model.name(), model.version(), model.digest());
        this.rule = rule;
    }

    /** Refuses scores of another shape than the model's description promises. */
    void check(List<Prediction> scores, int frames) {
        int labels = model.labels().size();
        int classes =
                scores.stream()
                        .mapToInt(row -> row.scores().classes())
                        .filter(count -> count != labels)
                        .findFirst()
                        .orElse(labels);
        if (scores.size() != frames || classes != labels) {
            throw new ModelException(
                    "Model %s version %d has %d labels, and for %d frames gave %d rows of %d scores"
                            .formatted(
                                    model.name(),
                                    model.version(),
                                    model.labels().size(),
                                    frames,
                                    scores.size(),
                                    classes));
        }
    }

    LabeledResult label(ReadyFrame ready, Row row, BatchRun run) {
        Frame frame = ready.frame();
        List<Label> labels = labels(row);
        return new LabeledResult(
                frame.eventId(),
                frame.cameraId(),
                frame.frameNumber(),
                frame.capturedAt(),
                run.inferredAt().truncatedTo(ChronoUnit.MICROS),
                reference,
                labels.get(0).getScore() < rule.minConfidence()
                        ? ResultStatus.LOW_CONFIDENCE
                        : ResultStatus.LABELED,
                labels,
                timeSpent(run.timings(ready)),
                source(ready.request().record()));
    }

    /** The result of a frame that was not looked at. */
    LabeledResult stale(RawRecord record, Frame frame, Instant now, Timings spent) {
        return new LabeledResult(
                frame.eventId(),
                frame.cameraId(),
                frame.frameNumber(),
                frame.capturedAt(),
                now.truncatedTo(ChronoUnit.MICROS),
                reference,
                ResultStatus.STALE,
                List.of(),
                timeSpent(spent),
                source(record));
    }

    private List<Label> labels(Row row) {
        int[] best = row.best(rule.topK());
        List<Label> labels = new ArrayList<>(best.length);
        for (int index : best) {
            labels.add(new Label(index, model.labels().get(index), row.score(index)));
        }
        return labels;
    }

    /** A result knows no fetching of its own: it is part of the way from event to crop. */
    private static TimeSpent timeSpent(Timings timings) {
        return new TimeSpent(
                TimeUnit.NANOSECONDS.toMicros(timings.queue()),
                TimeUnit.NANOSECONDS.toMicros(timings.fetch() + timings.decode()),
                TimeUnit.NANOSECONDS.toMicros(timings.batchWait()),
                TimeUnit.NANOSECONDS.toMicros(timings.inference()),
                timings.batchSize());
    }

    private static SourcePosition source(RawRecord record) {
        return new SourcePosition(record.topic(), record.partition(), record.offset());
    }
}
