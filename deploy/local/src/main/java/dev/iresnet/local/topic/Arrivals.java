package dev.iresnet.local.topic;

import java.util.List;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** How much has come into a topic since a consumer began. For the consumer's thread. */
public final class Arrivals {
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> inputs;
    private final long before;

    private Arrivals(KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> inputs) {
        this.consumer = consumer;
        this.inputs = inputs;
        this.before = end();
    }

    /** Sets the consumer to what is answered from now on, and counts what comes in meanwhile. */
    public static Arrivals from(
            KafkaConsumer<byte[], byte[]> consumer, String input, List<String> answers) {
        List<TopicPartition> outputs =
                answers.stream().flatMap(topic -> partitions(consumer, topic).stream()).toList();
        consumer.assign(outputs);
        consumer.seekToEnd(outputs);
        outputs.forEach(consumer::position); // seekToEnd is lazy
        return new Arrivals(consumer, partitions(consumer, input));
    }

    /** Records until now. */
    public long count() {
        return end() - before;
    }

    private long end() {
        return consumer.endOffsets(inputs).values().stream().mapToLong(Long::longValue).sum();
    }

    private static List<TopicPartition> partitions(
            KafkaConsumer<byte[], byte[]> consumer, String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
    }
}
