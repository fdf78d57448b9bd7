package dev.iresnet.proving.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.iresnet.proving.manifest.ManifestEntry;
import dev.iresnet.schemas.SingleObjectFormat;
import dev.iresnet.schemas.avro.ImageEvent;
import dev.iresnet.schemas.avro.ImageReference;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * {@code input.format: image-event} by claim check: events say where their pictures are, which is
 * where the feed has them from. The job must be able to read that place.
 */
public final class ReferenceFormat implements FrameFormat {
    private final String topic;
    private final String folder;
    private final SingleObjectFormat<ImageEvent> events =
            SingleObjectFormat.ofImageEvents(List.of());

    /**
     * @param folder URI of the feed's pictures, as the job sees them: {@code file:///mnt/frames}
     */
    public ReferenceFormat(String topic, String folder) {
        this.topic = topic;
        this.folder = folder.endsWith("/") ? folder : folder + "/";
    }

    @Override
    public ProducerRecord<byte[], byte[]> record(ManifestEntry frame, Picture picture) {
        ImageEvent event =
                ImageEvent.newBuilder()
                        .setEventId(frame.eventId())
                        .setCameraId(frame.cameraId())
                        .setCapturedAt(frame.capturedAt())
                        .setFrameNumber(frame.frameNumber())
                        .setEncoding(picture.encoding())
                        .setImage(
                                new ImageReference(
                                        folder + picture.file(),
                                        (long) picture.bytes().length,
                                        sha256(picture.bytes())))
                        .build();
        return new ProducerRecord<>(topic, frame.cameraId().getBytes(UTF_8), events.encode(event));
    }

    @Override
    public ManifestEntry acknowledged(ManifestEntry frame, RecordMetadata where) {
        return frame;
    }

    /** As an event says it of its picture. */
    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
