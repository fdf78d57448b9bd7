package dev.iresnet.replay;

import dev.iresnet.event.FailureCode;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * How far the dead letters of each code are replayed. Each code has a consumer group of its own, so
 * that another code can be replayed later, and no letter is sent twice.
 */
final class Progress {
    private final String prefix;
    private final Map<FailureCode, Map<TopicPartition, Long>> offsets;

    private Progress(String prefix, Map<FailureCode, Map<TopicPartition, Long>> offsets) {
        this.prefix = prefix;
        this.offsets = offsets;
    }

    /**
     * Asks Kafka.
     *
     * @param groupId of the job
     */
    static Progress of(Admin admin, String groupId, Set<FailureCode> codes)
            throws ExecutionException, InterruptedException {
        String prefix = groupId + "-replay-";
        Map<String, ListConsumerGroupOffsetsSpec> groups = new HashMap<>();
        codes.forEach(code -> groups.put(prefix + code, new ListConsumerGroupOffsetsSpec()));
        Map<String, Map<TopicPartition, OffsetAndMetadata>> answer =
                admin.listConsumerGroupOffsets(groups).all().get();
        Map<FailureCode, Map<TopicPartition, Long>> offsets = new EnumMap<>(FailureCode.class);
        for (FailureCode code : codes) {
            Map<TopicPartition, Long> known = new HashMap<>();
            answer.getOrDefault(prefix + code, Map.of())
                    .forEach((partition, at) -> known.put(partition, at.offset()));
            offsets.put(code, known);
        }
        return new Progress(prefix, offsets);
    }

    /** Whether a dead letter of that code at that place is still to be replayed. */
    boolean isAhead(FailureCode code, TopicPartition partition, long offset) {
        Map<TopicPartition, Long> known = offsets.get(code);
        return known != null && offset >= known.getOrDefault(partition, 0L);
    }

    /** The first offset that any of the codes has ahead. */
    long first(TopicPartition partition) {
        return offsets.values().stream()
                .mapToLong(known -> known.getOrDefault(partition, 0L))
                .min()
                .orElse(0);
    }

    /** The offsets that each group is to have when everything before {@code next} is done. */
    Map<String, Map<TopicPartition, OffsetAndMetadata>> upTo(Map<TopicPartition, Long> next) {
        Map<String, Map<TopicPartition, OffsetAndMetadata>> all = new HashMap<>();
        offsets.forEach(
                (code, known) -> {
                    Map<TopicPartition, OffsetAndMetadata> ahead = new HashMap<>();
                    next.forEach(
                            (partition, offset) -> {
                                if (offset > known.getOrDefault(partition, 0L)) {
                                    ahead.put(partition, new OffsetAndMetadata(offset));
                                }
                            });
                    all.put(prefix + code, ahead);
                });
        return all;
    }
}
