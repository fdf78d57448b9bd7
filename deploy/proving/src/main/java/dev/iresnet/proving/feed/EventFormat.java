package dev.iresnet.proving.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.iresnet.proving.manifest.ManifestEntry;
import dev.iresnet.schemas.SingleObjectFormat;
import dev.iresnet.schemas.avro.ImageEvent;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** {@code input.format: image-event}: an {@link ImageEvent}, keyed by its camera. */
public final class EventFormat implements FrameFormat {
    private final String topic;
    private final SingleObjectFormat<ImageEvent> events =
            SingleObjectFormat.ofImageEvents(List.of());

    public EventFormat(String topic) {
        this.topic = topic;
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
                        .setImage(ByteBuffer.wrap(picture.bytes()))
                        .build();
        return new ProducerRecord<>(topic, frame.cameraId().getBytes(UTF_8), events.encode(event));
    }

    @Override
    public ManifestEntry acknowledged(ManifestEntry frame, RecordMetadata where) {
        return frame;
    }
}
