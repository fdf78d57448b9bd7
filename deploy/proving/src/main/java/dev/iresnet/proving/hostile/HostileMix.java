package dev.iresnet.proving.hostile;

import dev.iresnet.proving.feed.FrameFormat;
import dev.iresnet.proving.feed.Picture;
import dev.iresnet.proving.manifest.ManifestEntry;
import dev.iresnet.proving.verify.Reference;
import dev.iresnet.schemas.SingleObjectFormat;
import dev.iresnet.schemas.UnreadableRecordException;
import dev.iresnet.schemas.avro.ImageEvent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Puts a hostile record in the place of a frame now and then. Which frames these are follows from
 * their ids, so the same feed has the same ones. The manifest names their file {@code
 * hostile/<name>} and their camera {@code hostile/<camera>}, for they are sent under a key of their
 * own, and so in no order with the camera's good frames: which is seen where a job sheds them
 * instead of finding out what they are.
 */
public final class HostileMix implements FrameFormat {
    /** Of what the manifest calls the file of a hostile record. */
    public static final String FOLDER = "hostile/";

    private final FrameFormat format;
    private final String topic;
    private final int every;
    private final HostileRecords records;
    private final SingleObjectFormat<ImageEvent> events =
            SingleObjectFormat.ofImageEvents(List.of());

    /** What was sent and is not acknowledged yet, by the id of the frame whose place it took. */
    private final Map<String, Sent> sent = new ConcurrentHashMap<>();

    private record Sent(String name, Optional<String> eventId) {}

    /**
     * @param format of the good frames
     * @param topic where both go
     * @param every one of so many frames, about
     */
    public HostileMix(FrameFormat format, String topic, int every, HostileRecords records) {
        this.format = format;
        this.topic = topic;
        this.every = every;
        this.records = records;
    }

    /**
     * What is right for each hostile record, by its file in the manifest.
     *
     * @param jpeg a good picture
     */
    public static List<Reference.Line> reference(byte[] jpeg) {
        return new HostileRecords(jpeg)
                .all().stream()
                        .map(
                                one ->
                                        new Reference.Line(
                                                FOLDER + one.name(),
                                                null,
                                                one.expectedCode(),
                                                true))
                        .toList();
    }

    @Override
    public ProducerRecord<byte[], byte[]> record(ManifestEntry frame, Picture picture) {
        int draw = frame.eventId().hashCode() & Integer.MAX_VALUE;
        if (draw % every != 0) {
            return format.record(frame, picture);
        }
        List<HostileRecord> all = records.all();
        HostileRecord hostile = all.get(draw / every % all.size());
        sent.put(frame.eventId(), new Sent(hostile.name(), eventId(hostile.value())));
        return new ProducerRecord<>(topic, hostile.key(), hostile.value());
    }

    @Override
    public ManifestEntry acknowledged(ManifestEntry frame, RecordMetadata where) {
        Sent hostile = sent.remove(frame.eventId());
        if (hostile == null) {
            return format.acknowledged(frame, where);
        }
        return new ManifestEntry(
                hostile.eventId().orElseGet(() -> position(where)),
                FOLDER + hostile.name(),
                FOLDER + frame.cameraId(),
                frame.frameNumber(),
                frame.capturedAt());
    }

    /** As the verifier finds it in the dead letter. */
    private Optional<String> eventId(byte @Nullable [] value) {
        if (value == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(events.decode(value).getEventId()).filter(id -> !id.isEmpty());
        } catch (UnreadableRecordException e) {
            return Optional.empty();
        }
    }

    private static String position(RecordMetadata where) {
        return "%s-%d-%d".formatted(where.topic(), where.partition(), where.offset());
    }
}
