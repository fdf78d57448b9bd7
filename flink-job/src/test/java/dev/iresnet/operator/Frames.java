package dev.iresnet.operator;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.iresnet.event.FailureCode;
import dev.iresnet.event.RawRecord;
import dev.iresnet.event.RecordHeader;
import dev.iresnet.schemas.avro.LabeledResult;
import dev.iresnet.schemas.avro.ModelReference;
import dev.iresnet.schemas.avro.ResultStatus;
import dev.iresnet.schemas.avro.SourcePosition;
import dev.iresnet.schemas.avro.TimeSpent;
import dev.iresnet.serving.Outcome;
import dev.iresnet.serving.Timings;
import java.time.Instant;
import java.util.List;

/** Frames and what became of them, for tests. */
public final class Frames {
    public static final Timings TIMINGS = new Timings(1_000, 0, 2_000, 3_000, 4_000, 8);

    private Frames() {}

    public static RawRecord frame(long number) {
        return new RawRecord(
                "image-events",
                0,
                number,
                1_000 + number,
                "camera-1".getBytes(UTF_8),
                ("frame " + number).getBytes(UTF_8),
                List.of(new RecordHeader("traceparent", "00-1".getBytes(UTF_8))));
    }

    public static Outcome.Labeled labeled(RawRecord record, boolean firstOfBatch) {
        return new Outcome.Labeled(record, result(record), TIMINGS, firstOfBatch);
    }

    public static Outcome.Failed failed(RawRecord record) {
        return new Outcome.Failed(record, FailureCode.IMAGE_CORRUPT, "breaks off at byte 7");
    }

    public static LabeledResult result(RawRecord record) {
        return LabeledResult.newBuilder()
                .setEventId("event-" + record.offset())
                .setCameraId("camera-1")
                .setFrameNumber(record.offset())
                .setCapturedAt(Instant.ofEpochMilli(record.timestamp()))
                .setInferredAt(Instant.ofEpochMilli(record.timestamp() + 5))
                .setModel(new ModelReference("fake", 1L, "0".repeat(64)))
                .setStatus(ResultStatus.LABELED)
                .setLabels(List.of())
                .setTimings(new TimeSpent(1L, 2L, 3L, 4L, 8))
                .setSource(new SourcePosition(record.topic(), record.partition(), record.offset()))
                .build();
    }
}
