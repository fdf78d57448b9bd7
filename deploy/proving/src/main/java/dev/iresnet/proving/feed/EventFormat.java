package dev.iresnet.proving.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.iresnet.proving.manifest.ManifestEntry;
import dev.iresnet.schemas.SingleObjectFormat;
import dev.iresnet.schemas.avro.ImageEvent;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** {@code input.format: image-event}: an {@link ImageEvent}, keyed by its camera. */
public class EventFormat implements FrameFormat {

    private final String topic;
    private final SingleObjectFormat<ImageEvent> events =
            SingleObjectFormat.ofImageEvents(List.of());

    public EventFormat(String topic) {
        this.topic = topic;
    }

    @Override
    public final ProducerRecord<byte[], byte[]> record(ManifestEntry frame, Picture picture) {
        ImageEvent.Builder event =
                ImageEvent.newBuilder()
                        .setEventId(frame.eventId())
                        .setCameraId(frame.cameraId())
                        .setCapturedAt(frame.capturedAt())
                        .setFrameNumber(frame.frameNumber())
                        .setEncoding(picture.encoding());
        setImage(event, frame, picture);
        return new ProducerRecord<>(
                topic, frame.cameraId().getBytes(UTF_8), events.encode(event.build()));
    }

    /** Sets the event's image: here the picture itself. */
    protected void setImage(ImageEvent.Builder event, ManifestEntry frame, Picture picture) {
        event.setImage(ByteBuffer.wrap(picture.bytes()));
    }
}
