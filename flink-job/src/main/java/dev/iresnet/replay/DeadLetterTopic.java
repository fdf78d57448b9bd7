package dev.iresnet.replay;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** The dead letters that are there at one moment. */
final class DeadLetterTopic {
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final String name;

    /** Who goes through them. */
    interface Visitor {
        void see(ConsumerRecord<byte[], byte[]> record);

        /** Everything before that offset was seen. */
        void reach(TopicPartition partition, long offset);
    }

    DeadLetterTopic(KafkaConsumer<byte[], byte[]> consumer, String name) {
        this.consumer = consumer;
        this.name = name;
    }

    /**
     * Goes through them, one partition after the other: a camera's frames are in one, in their
     * order.
     *
     * @param first offset of each partition to begin at, or where the partition begins if that is
     *     later
     */
    void visit(ToLongFunction<TopicPartition> first, Visitor visitor) {
        List<TopicPartition> partitions =
                consumer.partitionsFor(name).stream()
                        .map(info -> new TopicPartition(info.topic(), info.partition()))
                        .toList();
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        for (TopicPartition partition : partitions) {
            consumer.assign(List.of(partition));
            consumer.seek(
                    partition,
                    Math.max(first.applyAsLong(partition), begins.getOrDefault(partition, 0L)));
            visitTo(ends.getOrDefault(partition, 0L), partition, visitor);
        }
    }

    private void visitTo(long end, TopicPartition partition, Visitor visitor) {
        while (consumer.position(partition) < end) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (record.offset() < end) {
                    visitor.see(record);
                }
            }
            visitor.reach(partition, Math.min(end, consumer.position(partition)));
        }
    }
}
