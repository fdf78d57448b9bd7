package dev.iresnet.config;

import java.util.List;

/**
 * Where frames come from.
 *
 * @param topics one or more
 * @param groupId consumer group, and name of this job on the Kafka cluster
 * @param maxInFlight frames under way in a slot
 */
public record InputConfig(
        List<String> topics,
        InputFormat format,
        String groupId,
        StartingOffsets startingOffsets,
        int maxInFlight) {
    public InputConfig {
        topics = List.copyOf(topics);
    }
}
