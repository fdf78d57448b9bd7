package dev.iresnet.replay;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Records that were too large for the dead-letter topic, read from their own topic. Kafka may have
 * deleted them.
 */
final class Originals implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<byte[], byte[]> consumer;

    /** Connects at the first question. */
    Originals(Properties reader) {
        this.consumer = new KafkaConsumer<>(reader);
    }

    /** The record as it is in its topic; empty if it is gone. */
    Optional<ProducerRecord<byte[], byte[]>> find(DeadLetter letter) {
        consumer.assign(List.of(letter.origin()));
        consumer.seek(letter.origin(), letter.offset());
        long end = consumer.endOffsets(List.of(letter.origin())).getOrDefault(letter.origin(), 0L);
        try {
            while (consumer.position(letter.origin()) < end) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    return record.offset() == letter.offset()
                            ? Optional.of(copy(record))
                            : Optional.empty();
                }
            }
        } catch (OffsetOutOfRangeException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        consumer.close();
    }

    private static ProducerRecord<byte[], byte[]> copy(ConsumerRecord<byte[], byte[]> record) {
        return new ProducerRecord<>(
                record.topic(),
                record.partition(),
                record.timestamp() < 0 ? null : record.timestamp(),
                record.key(),
                record.value(),
                record.headers());
    }
}
