package dev.iresnet.local.wall;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.iresnet.schemas.SingleObjectFormat;
import dev.iresnet.schemas.avro.ImageEncoding;
import dev.iresnet.schemas.avro.ImageEvent;
import dev.iresnet.schemas.avro.Label;
import dev.iresnet.schemas.avro.LabeledResult;
import dev.iresnet.schemas.avro.ModelReference;
import dev.iresnet.schemas.avro.ResultStatus;
import dev.iresnet.schemas.avro.SourcePosition;
import dev.iresnet.schemas.avro.TimeSpent;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Answers to be shown. */
final class Answers {

    static final Instant CAPTURED = Instant.parse("2026-03-01T12:00:00Z");

    private Answers() {}

    static Answer.Result result(String camera, String eventId) {
        return result(camera, eventId, ResultStatus.LABELED, CAPTURED.plusMillis(30));
    }

    static Answer.Result result(
            String camera, String eventId, ResultStatus status, Instant sentAt) {
        return new Answer.Result(
                eventId,
                camera,
                status,
                List.of(new Answer.Score("ship", 0.75f), new Answer.Score("truck", 0.25f)),
                CAPTURED,
                sentAt,
                "net 1",
                new Position("in", 0, 7),
                null,
                1);
    }

    /** Of a detector. */
    static Answer.Result found(String camera, String eventId, Answer.Found... objects) {
        Answer.Result like = result(camera, eventId);
        return new Answer.Result(
                like.eventId(),
                like.cameraId(),
                like.status(),
                List.of(),
                like.capturedAt(),
                like.sentAt(),
                like.model(),
                like.position(),
                List.of(objects),
                1);
    }

    static Answer.Letter letter(String camera, String code) {
        return new Answer.Letter(camera, code, "because");
    }

    /** As a job would send it. */
    static LabeledResult sent(String camera, String eventId, Position position, String label) {
        return LabeledResult.newBuilder()
                .setEventId(eventId)
                .setCameraId(camera)
                .setCapturedAt(CAPTURED)
                .setInferredAt(CAPTURED.plusMillis(20))
                .setModel(new ModelReference("net", 1L, "0".repeat(64)))
                .setStatus(ResultStatus.LABELED)
                .setLabels(List.of(new Label(3, label, 0.75f), new Label(4, "truck", 0.125f)))
                .setTimings(new TimeSpent(1L, 2L, 3L, 4L, 5))
                .setSource(
                        new SourcePosition(
                                position.topic(), position.partition(), position.offset()))
                .build();
    }

    static ImageEvent.Builder event(String camera, String eventId) {
        return ImageEvent.newBuilder()
                .setEventId(eventId)
                .setCameraId(camera)
                .setCapturedAt(CAPTURED)
                .setEncoding(ImageEncoding.JPEG);
    }

    static ProducerRecord<byte[], byte[]> record(
            String camera, String eventId, Position place, String label) {
        byte[] value =
                SingleObjectFormat.ofLabeledResults().encode(sent(camera, eventId, place, label));
        return new ProducerRecord<>("out", camera.getBytes(UTF_8), value);
    }
}
