package dev.iresnet.schemas;

import dev.iresnet.schemas.avro.ImageEncoding;
import dev.iresnet.schemas.avro.ImageEvent;
import dev.iresnet.schemas.avro.Label;
import dev.iresnet.schemas.avro.LabeledResult;
import dev.iresnet.schemas.avro.ModelReference;
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
}
