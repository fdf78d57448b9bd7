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
    private final KafkaProducer<byte[], byte[]> producer;
    private final Progress progress;
    private final Map<TopicPartition, Long> next = new HashMap<>();
    private boolean sent;

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
        sent = true;
    }

    /**
     * Commits what was sent: a transaction that stays open while a long topic is searched would be
     * ended by the broker.
     */
    @Override
    public void reach(TopicPartition partition, long offset) {
        next.put(partition, offset);
        if (sent) {
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
        sent = false;
    }

    @SuppressWarnings("removal") // otherwise each group needs a consumer, to be asked for its name
    private static ConsumerGroupMetadata group(String id) {
        return new ConsumerGroupMetadata(id);
    }
}
