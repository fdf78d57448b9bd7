package dev.iresnet.proving.broker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Consumers that read every partition of some topics, and belong to no group. */
public final class TopicConsumer {

    /** Where to begin. */
    public enum Start {
        /** With the oldest record that the topics still hold. */
        EARLIEST,
        /** With what comes from now on. */
        LATEST
    }

    private TopicConsumer() {}

    /**
     * Returns when the place to begin is fixed: what is sent from then on will be read. Partitions
     * that are added later are not.
     *
     * @param properties of the consumer, {@code bootstrap.servers} among them
     * @throws BrokerException if a topic does not exist or the broker does not answer
     */
    public static Consumer<byte[], byte[]> open(
            Map<String, ?> properties, List<String> topics, Start start) {
        Map<String, Object> all = new HashMap<>(properties);
        all.put("enable.auto.commit", false);
        Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(all, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            List<TopicPartition> partitions = new ArrayList<>();
            for (String topic : topics) {
                partitions.addAll(partitions(consumer, topic));
            }
            consumer.assign(partitions);
            if (start == Start.EARLIEST) {
                consumer.seekToBeginning(partitions);
            } else {
                consumer.seekToEnd(partitions);
            }
            partitions.forEach(consumer::position); // seeking is lazy
            return consumer;
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    /** The same, of committed records only. */
    public static Consumer<byte[], byte[]> committed(
            String bootstrapServers, List<String> topics, Start start) {
        Map<String, String> properties = new HashMap<>();
        properties.put("bootstrap.servers", bootstrapServers);
        properties.put("isolation.level", "read_committed");
        return open(properties, topics, start);
    }

    private static List<TopicPartition> partitions(
            Consumer<byte[], byte[]> consumer, String topic) {
        try {
            List<PartitionInfo> partitions = consumer.partitionsFor(topic);
            if (partitions.isEmpty()) {
                throw new BrokerException("there is no topic '%s'".formatted(topic), null);
            }
            return partitions.stream().map(p -> new TopicPartition(topic, p.partition())).toList();
        } catch (TimeoutException e) {
            throw new BrokerException(
                    "the broker does not tell the partitions of '%s': %s"
                            .formatted(topic, e.getMessage()),
                    e);
        }
    }
}
