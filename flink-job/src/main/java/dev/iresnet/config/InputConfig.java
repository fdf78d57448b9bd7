package dev.iresnet.config;

import dev.iresnet.event.KeyFormat;
import java.util.List;

/**
 * Where frames come from.
 *
 * @param topics one or more
 * @param keyFormat of keys that name the camera, which those of {@link InputFormat#IMAGE} do
 * @param writerSchemas of events, as JSON, besides those that the job knows
 * @param groupId consumer group, and name of this job on the Kafka cluster
 * @param inFlight what a slot may have under way
 */
public record InputConfig(
        List<String> topics,
        InputFormat format,
        KeyFormat keyFormat,
        List<String> writerSchemas,
        String groupId,
        StartingOffsets startingOffsets,
        InFlight inFlight) {

    /** See {@code input.max-in-flight} and {@code input.max-in-flight-bytes}. */
    public record InFlight(int frames, long bytes) {}

    public InputConfig {
        topics = List.copyOf(topics);
        writerSchemas = List.copyOf(writerSchemas);
    }
}
