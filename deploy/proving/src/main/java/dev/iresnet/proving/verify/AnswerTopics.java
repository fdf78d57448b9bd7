package dev.iresnet.proving.verify;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The output and dead-letter topics, as a read-committed consumer sees them. It reads every
 * partition that there was at the beginning, and belongs to no group.
 */
final class AnswerTopics implements AutoCloseable {

    /** Where to begin. */
    enum Start {
        /** With the oldest record that the topics still hold. */
        EARLIEST,
        /** With what comes from now on. */
        LATEST
    }

    private final Consumer<byte[], byte[]> consumer;
    private final String deadLetters;
    private final InstantSource clock;
    private final AnswerReader reader = new AnswerReader();

    private AnswerTopics(
            Consumer<byte[], byte[]> consumer, String deadLetters, InstantSource clock) {
        this.consumer = consumer;
        this.deadLetters = deadLetters;
        this.clock = clock;
    }

    /**
     * Returns when the place to begin is fixed: what is sent from then on will be read.
     *
     * @param properties of the user's, {@code bootstrap.servers} among them; they win, save that
     *     only committed records are read
     * @throws VerifierException if a topic is not there or the broker does not answer
     */
    static AnswerTopics open(
            Map<String, String> properties, String output, String deadLetters, Start start) {
        Consumer<byte[], byte[]> consumer = consumer(properties);
        try {
            List<TopicPartition> partitions = new ArrayList<>();
            partitions.addAll(partitions(consumer, output));
            partitions.addAll(partitions(consumer, deadLetters));
            consumer.assign(partitions);
            if (start == Start.EARLIEST) {
                consumer.seekToBeginning(partitions);
            } else {
                consumer.seekToEnd(partitions);
            }
            partitions.forEach(consumer::position); // seeking is lazy
            return new AnswerTopics(consumer, deadLetters, InstantSource.system());
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    private static Consumer<byte[], byte[]> consumer(Map<String, String> properties) {
        Map<String, Object> all = new HashMap<>(properties);
        all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        return new KafkaConsumer<>(all, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static List<TopicPartition> partitions(
            Consumer<byte[], byte[]> consumer, String topic) {
        try {
            List<PartitionInfo> partitions = consumer.partitionsFor(topic);
            if (partitions.isEmpty()) {
                throw new VerifierException("there is no topic '%s'".formatted(topic), null);
            }
            return partitions.stream().map(p -> new TopicPartition(topic, p.partition())).toList();
        } catch (TimeoutException e) {
            throw new VerifierException(
                    "the broker does not tell the partitions of '%s': %s"
                            .formatted(topic, e.getMessage()),
                    e);
        }
    }

    /** What has come, partition by partition in its order; empty if nothing did in that time. */
    List<Answer> poll(Duration atMost) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(atMost);
        Instant polledAt = clock.instant();
        List<Answer> answers = new ArrayList<>(records.count());
        for (ConsumerRecord<byte[], byte[]> record : records) {
            answers.add(
                    record.topic().equals(deadLetters)
                            ? reader.deadLetter(record)
                            : reader.result(record, polledAt));
        }
        return answers;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
