package dev.iresnet.chaos.harness;

import dev.iresnet.proving.broker.TopicConsumer;
import dev.iresnet.proving.broker.TopicCreation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** The job's topics. */
public final class Topics {
    public static final String INPUT = "image-events";
    public static final String OUTPUT = "labeled-results";
    public static final String DEAD_LETTERS = "image-events.dlq";

    /** More than slots, so that a camera's order is put to the test when the slots change. */
    static final int PARTITIONS = 4;

    private static final int MAX_FRAME = 1 << 20;
    private static final int MAX_DEAD_LETTER = MAX_FRAME + (64 << 10);
    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    private Topics() {}

    /** Makes them, once the broker is there. */
    public static void create(String bootstrapServers) {
        try (Admin admin =
                Admin.create(
                        Map.<String, Object>of(
                                "bootstrap.servers",
                                bootstrapServers,
                                "default.api.timeout.ms",
                                (int) TIMEOUT.toMillis()))) {
            new TopicCreation(admin, TIMEOUT)
                    .create(
                            List.of(
                                    topic(INPUT, MAX_FRAME),
                                    topic(OUTPUT, MAX_FRAME),
                                    topic(DEAD_LETTERS, MAX_DEAD_LETTER)));
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("cannot create the topics: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while creating topics", e);
        }
    }

    private static NewTopic topic(String name, int largest) {
        return new NewTopic(name, Optional.of(PARTITIONS), Optional.empty())
                .configs(Map.of("max.message.bytes", Integer.toString(largest)));
    }

    /**
     * Partitions of the job's outputs whose end a reader of committed records cannot reach: where a
     * transaction was left open, it would wait until the broker aborts it. Empty if there are none.
     */
    public static List<String> blocked(String bootstrapServers) {
        Map<TopicPartition, Long> committed = ends(bootstrapServers, "read_committed");
        List<String> blocked = new ArrayList<>();
        ends(bootstrapServers, "read_uncommitted")
                .forEach(
                        (partition, end) -> {
                            long readable = committed.getOrDefault(partition, -1L);
                            if (readable < end) {
                                blocked.add(
                                        "%s can be read up to %d of %d"
                                                .formatted(partition, readable, end));
                            }
                        });
        return blocked;
    }

    private static Map<TopicPartition, Long> ends(String bootstrapServers, String isolation) {
        try (Consumer<byte[], byte[]> consumer =
                TopicConsumer.open(
                        Map.of("bootstrap.servers", bootstrapServers, "isolation.level", isolation),
                        List.of(OUTPUT, DEAD_LETTERS),
                        TopicConsumer.Start.EARLIEST)) {
            return consumer.endOffsets(consumer.assignment());
        }
    }
}
