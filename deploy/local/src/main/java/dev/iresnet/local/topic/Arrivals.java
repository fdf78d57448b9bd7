package dev.iresnet.local.topic;

import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** How much has come into a topic since a consumer began. For the consumer's thread. */
public final class Arrivals {
    private final Consumer<byte[], byte[]> consumer;
    private final List<TopicPartition> inputs;
    private final long before;

    private Arrivals(Consumer<byte[], byte[]> consumer, List<TopicPartition> inputs) {
        this.consumer = consumer;
        this.inputs = inputs;
        this.before = end();
    }

    /** Counts what comes into a topic from now on, beside what the consumer reads. */
    public static Arrivals from(Consumer<byte[], byte[]> consumer, String topic) {
        return new Arrivals(
                consumer,
                consumer.partitionsFor(topic).stream()
                        .map(info -> new TopicPartition(topic, info.partition()))
                        .toList());
    }

    /** Records until now. */
    public long count() {
        return end() - before;
    }

    private long end() {
        return consumer.endOffsets(inputs).values().stream().mapToLong(Long::longValue).sum();
    }
}
