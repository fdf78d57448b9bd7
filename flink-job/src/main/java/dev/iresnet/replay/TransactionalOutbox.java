package dev.iresnet.replay;

import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ProducerFencedException;

/**
 * Sends records together with the progress that they make: both are committed, or neither. A second
 * replay of the same job ends the first.
 */
final class TransactionalOutbox implements Outbox {
    private static final int MOST_RECORDS = 500;
    private static final long MOST_BYTES = 16 << 20;

    private final KafkaProducer<byte[], byte[]> producer;
    private final Progress progress;
    private final Map<TopicPartition, Long> next = new HashMap<>();
    private int records;
    private long bytes;

    TransactionalOutbox(Properties properties, Progress progress) {
        this.progress = progress;
        this.producer = new KafkaProducer<>(properties);
        producer.initTransactions();
        producer.beginTransaction();
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the commit fails if it was not taken
    public void send(ProducerRecord<byte[], byte[]> record) {
        producer.send(record);
        records++;
        byte[] value = record.value();
        bytes += value == null ? 0 : value.length;
    }

    /** Commits if enough has come together. */
    @Override
    public void reach(TopicPartition partition, long offset) {
        next.put(partition, offset);
        if (records >= MOST_RECORDS || bytes >= MOST_BYTES) {
            commit();
            producer.beginTransaction();
        }
    }

    /**
     * Commits what is left.
     *
     * @throws IllegalStateException if another replay has begun
     */
    @Override
    public void finish() {
        commit();
    }

    @Override
    public void close() {
        // an open transaction is aborted, and with it the progress
        producer.close();
    }

    private void commit() {
        try {
            progress.upTo(next)
                    .forEach(
                            (group, offsets) ->
                                    producer.sendOffsetsToTransaction(offsets, group(group)));
            producer.commitTransaction();
        } catch (ProducerFencedException e) {
            throw new IllegalStateException(
                    "another replay of the same job has begun; this one has sent what was committed",
                    e);
        } catch (KafkaException e) {
            throw new IllegalStateException(
                    "Kafka did not take the records, and nothing since the last commit is sent: "
                            + e.getMessage(),
                    e);
        }
        next.clear();
        records = 0;
        bytes = 0;
    }

    @SuppressWarnings("removal") // otherwise each group needs a consumer, to be asked for its name
    private static ConsumerGroupMetadata group(String id) {
        return new ConsumerGroupMetadata(id);
    }
}
