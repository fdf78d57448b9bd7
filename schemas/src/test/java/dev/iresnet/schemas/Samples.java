package dev.iresnet.schemas;

import dev.iresnet.schemas.avro.Box;
import dev.iresnet.schemas.avro.Clip;
import dev.iresnet.schemas.avro.Detection;
import dev.iresnet.schemas.avro.ImageEncoding;
import dev.iresnet.schemas.avro.ImageEvent;
import dev.iresnet.schemas.avro.Label;
import dev.iresnet.schemas.avro.LabeledResult;
import dev.iresnet.schemas.avro.ModelReference;
import dev.iresnet.schemas.avro.Region;
import dev.iresnet.schemas.avro.ResultStatus;
import dev.iresnet.schemas.avro.SourcePosition;
import dev.iresnet.schemas.avro.TimeSpent;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** One record of each kind, every field different from its default. */
final class Samples {
    static final byte[] PICTURE = {(byte) 0xff, (byte) 0xd8, 1, 2, 3, 4, 5, (byte) 0xff};

    private Samples() {}

    static ImageEvent event() {
        return ImageEvent.newBuilder()
                .setEventId("3f0c")
                .setCameraId("gate-é")
                .setCapturedAt(Instant.parse("2026-03-01T12:00:00.123456Z"))
                .setFrameNumber(77)
                .setEncoding(ImageEncoding.JPEG)
                .setWidth(1920)
                .setHeight(1080)
                .setImage(ByteBuffer.wrap(PICTURE))
                .setAttributes(Map.of("lens", "wide", "site", "north"))
                .build();
    }

    static LabeledResult result() {
        return LabeledResult.newBuilder()
                .setEventId("3f0c")
                .setCameraId("gate-é")
                .setFrameNumber(77)
                .setCapturedAt(Instant.parse("2026-03-01T12:00:00.123456Z"))
                .setInferredAt(Instant.parse("2026-03-01T12:00:01Z"))
                .setModel(new ModelReference("demo", 3L, "ab".repeat(32)))
                .setStatus(ResultStatus.LABELED)
                .setLabels(List.of(new Label(5, "dog", 0.75f), new Label(3, "cat", 0.1f)))
                .setTimings(new TimeSpent(10L, 20L, 30L, 40L, 8))
                .setSource(new SourcePosition("image-events", 2, 1234L))
                .build();
    }

    /** Tells all that a result can. */
    static LabeledResult wholeResult() {
        return LabeledResult.newBuilder(detections())
                .setClip(
                        new Clip(
                                70L,
                                77L,
                                Instant.parse("2026-03-01T11:59:59.000001Z"),
                                Instant.parse("2026-03-01T12:00:00.123456Z")))
                .setRegion(new Region("door-é", new Box(10f, 20f, 630f, 470f)))
                .build();
    }

    /** Of a detector. */
    static LabeledResult detections() {
        return LabeledResult.newBuilder(result())
                .setLabels(List.of())
                .setWidth(640)
                .setHeight(480)
                .setDetections(
                        List.of(
                                new Detection(5, "dog", 0.75f, new Box(0f, 1.5f, 320.25f, 480f)),
                                new Detection(3, "cat", 0.5f, new Box(8f, 8f, 16f, 24f))))
                .build();
    }
}
