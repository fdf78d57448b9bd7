package dev.iresnet.operator;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.iresnet.event.FailureCode;
import dev.iresnet.event.Frame;
import dev.iresnet.event.RawRecord;
import dev.iresnet.event.RecordHeader;
import dev.iresnet.model.Detections.Box;
import dev.iresnet.result.FrameFailure;
import dev.iresnet.result.FrameResult;
import dev.iresnet.result.Timings;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Frames and what became of them, for tests. */
public final class Frames {
    private static final Timings TIMINGS = new Timings(1_000, 0, 2_000, 3_000, 4_000, 8);

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

    public static FrameResult labeled(RawRecord record) {
        return result(record, FrameResult.Status.LABELLED, TIMINGS);
    }

    public static FrameResult result(RawRecord record, FrameResult.Status status, Timings timings) {
        return new FrameResult(
                new Frame.Identity(
                        "event-" + record.offset(),
                        "camera-1",
                        record.offset(),
                        Instant.ofEpochMilli(record.timestamp())),
                record.position(),
                record.headers(),
                new FrameResult.ModelVersion("fake", 1, "0".repeat(64)),
                Instant.ofEpochMilli(record.timestamp() + 5),
                status,
                List.of(new FrameResult.Label(3, "cat", 0.75f)),
                Optional.empty(),
                Optional.empty(),
                timings);
    }

    /** Of a detector. */
    public static FrameResult detected(RawRecord record) {
        return detected(
                record,
                new FrameResult.DetectedObjects(
                        640,
                        480,
                        List.of(
                                object(1, "dog", 0.75f, new Box(0, 1.5f, 320.25f, 480)),
                                object(0, "cat", 0.5f, new Box(8, 8, 16, 24)))));
    }

    private static FrameResult.DetectedObject object(int index, String name, float score, Box box) {
        return new FrameResult.DetectedObject(new FrameResult.Label(index, name, score), box);
    }

    static FrameResult detected(RawRecord record, FrameResult.DetectedObjects objects) {
        FrameResult result = labeled(record);
        return new FrameResult(
                result.frame(),
                result.source(),
                result.headers(),
                result.model(),
                result.inferredAt(),
                result.status(),
                List.of(),
                Optional.of(objects),
                Optional.empty(),
                result.timings());
    }

    /** Of the clip of four frames that ends with the record. */
    public static FrameResult ofClip(RawRecord record) {
        FrameResult result = labeled(record);
        Frame.Identity last = result.frame();
        return new FrameResult(
                last,
                result.source(),
                result.headers(),
                result.model(),
                result.inferredAt(),
                result.status(),
                result.labels(),
                Optional.empty(),
                Optional.of(
                        new FrameResult.ClipSpan(
                                last.frameNumber() - 3,
                                last.frameNumber(),
                                last.capturedAt().minusMillis(300),
                                last.capturedAt())),
                result.timings());
    }

    public static FrameFailure failed(RawRecord record) {
        return new FrameFailure(record, FailureCode.IMAGE_CORRUPT, "breaks off at byte 7");
    }
}
