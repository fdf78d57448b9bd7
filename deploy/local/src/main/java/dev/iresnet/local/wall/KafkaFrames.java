package dev.iresnet.local.wall;

import dev.iresnet.event.FailureCode;
import dev.iresnet.event.Frame;
import dev.iresnet.event.FrameException;
import dev.iresnet.event.FrameReader;
import dev.iresnet.event.Picture;
import dev.iresnet.event.RawRecord;
import dev.iresnet.image.BrowserImage;
import dev.iresnet.image.DecodeLimits;
import dev.iresnet.image.ImageException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads single records of the input topic, one after the other, and keeps none. Only pictures that
 * records carry are shown: those kept elsewhere would have to be fetched.
 */
final class KafkaFrames implements FrameLookup, AutoCloseable {

    /** What a browser is given at most: it decodes a picture whole. */
    static final DecodeLimits LIMITS = new DecodeLimits(8 << 20, 24_000_000L);

    private static final String OUTSIDE = "kept outside of Kafka";
    private static final String GONE = "no longer in the input topic";

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /**
     * The job has read the record, so there is no waiting for its transaction; and one record is
     * asked for, whatever its size.
     */
    private static final Map<String, Object> ONE_RECORD =
            Map.of(
                    "isolation.level", "read_uncommitted",
                    "auto.offset.reset", "none",
                    "max.poll.records", 1,
                    "max.partition.fetch.bytes", 1,
                    "fetch.max.wait.ms", 20);

    private final String topic;
    private final FrameReader reader;
    private final KafkaConsumer<byte[], byte[]> consumer;

    /**
     * @param kafka how to reach the broker
     * @param topic the only one that is read
     * @param reader of its records
     */
    KafkaFrames(Map<String, Object> kafka, String topic, FrameReader reader) {
        this.topic = topic;
        this.reader = reader;
        this.consumer =
                new KafkaConsumer<>(
                        Consumers.properties(kafka, ONE_RECORD),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
    }

    @Override
    public BrowserImage find(Answer.Result result) throws NoPictureException {
        Position position = result.position();
        if (!position.topic().equals(topic) || position.partition() < 0 || position.offset() < 0) {
            throw new NoPictureException("not in this run's input topic");
        }
        Frame frame = frame(read(position));
        if (!frame.eventId().equals(result.eventId())) {
            throw new NoPictureException("another frame has its place");
        }
        if (!(frame.picture() instanceof Picture.Carried carried)) {
            throw new NoPictureException(OUTSIDE);
        }
        try {
            return BrowserImage.of(carried.image(), LIMITS);
        } catch (ImageException e) {
            throw new NoPictureException(
                    e.reason() == ImageException.Reason.TOO_LARGE
                            ? "too large to be shown"
                            : "cannot be shown",
                    e);
        }
    }

    @Override
    public void close() {
        consumer.wakeup();
        synchronized (this) {
            consumer.close();
        }
    }

    private Frame frame(ConsumerRecord<byte[], byte[]> record) throws NoPictureException {
        try {
            return reader.read(
                    new RawRecord(
                            record.topic(),
                            record.partition(),
                            record.offset(),
                            record.timestamp(),
                            record.key(),
                            record.value(),
                            List.of()));
        } catch (FrameException e) {
            throw new NoPictureException(
                    e.code() == FailureCode.IMAGE_REFERENCE_UNSUPPORTED
                            ? OUTSIDE
                            : "cannot be read here",
                    e);
        }
    }

    private synchronized ConsumerRecord<byte[], byte[]> read(Position position)
            throws NoPictureException {
        TopicPartition partition = new TopicPartition(position.topic(), position.partition());
        try {
            consumer.assign(List.of(partition));
            consumer.seek(partition, position.offset());
            return poll().filter(record -> record.offset() == position.offset())
                    .orElseThrow(() -> new NoPictureException(GONE));
        } catch (OffsetOutOfRangeException e) {
            throw new NoPictureException(GONE, e);
        } catch (KafkaException | IllegalStateException e) {
            throw new NoPictureException("Kafka does not answer", e);
        }
    }

    private Optional<ConsumerRecord<byte[], byte[]>> poll() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        do {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(PATIENCE)) {
                return Optional.of(record);
            }
        } while (System.nanoTime() < deadline);
        return Optional.empty();
    }
}
