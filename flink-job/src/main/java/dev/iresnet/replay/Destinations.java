package dev.iresnet.replay;

import dev.iresnet.config.ConfigException;
import dev.iresnet.kafka.HeaderNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Where dead letters may be sent back to. A letter says in its headers where it came from, and
 * anyone who can write to the dead-letter topic can write any header. So only the job's own input
 * topics are allowed.
 *
 * @param partitions of each input topic
 */
record Destinations(Map<String, Integer> partitions) {
    /** Longer than any name of a topic. */
    private static final int LONGEST_SHOWN = 250;

    Destinations {
        partitions = Map.copyOf(partitions);
    }

    /**
     * Asks Kafka.
     *
     * @throws ConfigException naming the topics that do not exist
     */
    static Destinations of(Admin admin, List<String> inputTopics)
            throws ExecutionException, InterruptedException {
        Map<String, Integer> partitions = new TreeMap<>();
        List<String> errors = new ArrayList<>();
        Map<String, KafkaFuture<TopicDescription>> answers =
                admin.describeTopics(inputTopics).topicNameValues();
        for (Map.Entry<String, KafkaFuture<TopicDescription>> answer : answers.entrySet()) {
            try {
                partitions.put(answer.getKey(), answer.getValue().get().partitions().size());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
                errors.add("input.topics: '%s' does not exist".formatted(answer.getKey()));
            }
        }
        if (!errors.isEmpty()) {
            throw new ConfigException(errors);
        }
        return new Destinations(partitions);
    }

    /** Why nothing is sent there, naming the header; empty if it may be. */
    String refusal(TopicPartition origin) {
        Integer count = partitions.get(origin.topic());
        if (count == null) {
            return "the header %s names '%s', which is none of input.topics: %s"
                    .formatted(
                            HeaderNames.TOPIC,
                            shown(origin.topic()),
                            String.join(", ", new TreeMap<>(partitions).keySet()));
        }
        return origin.partition() < count
                ? ""
                : "the header %s names partition %d, and '%s' has %d"
                        .formatted(
                                HeaderNames.PARTITION, origin.partition(), origin.topic(), count);
    }

    /** Without control characters, which a terminal would obey. */
    private static String shown(String topic) {
        String printable = topic.replaceAll("[^ -~]", "?");
        return printable.length() <= LONGEST_SHOWN
                ? printable
                : printable.substring(0, LONGEST_SHOWN) + "…";
    }
}
