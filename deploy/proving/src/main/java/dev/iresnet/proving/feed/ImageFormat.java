package dev.iresnet.proving.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.iresnet.proving.manifest.ManifestEntry;
import java.time.temporal.ChronoUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * {@code input.format: image}: the value is the picture, the key the camera, the record's timestamp
 * the capture time. Such a record carries no event id: the job makes one of the record's place, and
 * the manifest names that.
 */
public final class ImageFormat implements FrameFormat {
    private final String topic;

    public ImageFormat(String topic) {
        this.topic = topic;
    }

    @Override
    public ProducerRecord<byte[], byte[]> record(ManifestEntry frame, Picture picture) {
        return new ProducerRecord<>(
                topic,
                null,
                frame.capturedAt().toEpochMilli(),
                frame.cameraId().getBytes(UTF_8),
                picture.bytes());
    }

    /** A record's timestamp has milliseconds, so the capture time is known to those only. */
    @Override
    public ManifestEntry acknowledged(ManifestEntry frame, RecordMetadata where) {
        return new ManifestEntry(
                "%s-%d-%d".formatted(where.topic(), where.partition(), where.offset()),
                frame.file(),
                frame.cameraId(),
                frame.frameNumber(),
                frame.capturedAt().truncatedTo(ChronoUnit.MILLIS));
    }
}
