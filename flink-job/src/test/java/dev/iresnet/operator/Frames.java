package dev.iresnet.operator;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.iresnet.event.FailureCode;
import dev.iresnet.event.Frame;
import dev.iresnet.event.RawRecord;
import dev.iresnet.event.RecordHeader;
import dev.iresnet.result.FrameFailure;
import dev.iresnet.result.FrameResult;
import dev.iresnet.result.Timings;
import java.time.Instant;
import java.util.List;

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
                timings);
    }

    public static FrameFailure failed(RawRecord record) {
        return new FrameFailure(record, FailureCode.IMAGE_CORRUPT, "breaks off at byte 7");
    }
}
