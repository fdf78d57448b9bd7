package dev.iresnet.chaos.harness;

import dev.iresnet.schemas.avro.LabeledResult;
import dev.iresnet.schemas.avro.ModelReference;
import dev.iresnet.schemas.avro.ResultStatus;
import dev.iresnet.schemas.avro.SourcePosition;
import dev.iresnet.schemas.avro.TimeSpent;
import java.time.Instant;

/** SeenResults for tests. */
public final class SeenResults {

    private SeenResults() {}

    /** A result that was seen. */
    public static ResultStream.Seen seen(
            String cameraId, boolean labelled, Instant capturedAt, Instant sentAt, Instant seenAt) {
        return new ResultStream.Seen(
                LabeledResult.newBuilder()
                        .setEventId("event")
                        .setCameraId(cameraId)
                        .setCapturedAt(capturedAt)
                        .setInferredAt(sentAt)
                        .setModel(new ModelReference("model", 1L, ""))
                        .setStatus(labelled ? ResultStatus.LABELED : ResultStatus.STALE)
                        .setTimings(new TimeSpent(0L, 0L, 0L, 0L, 1))
                        .setSource(new SourcePosition("frames", 0, 0L))
                        .build(),
                sentAt,
                seenAt);
    }
}
