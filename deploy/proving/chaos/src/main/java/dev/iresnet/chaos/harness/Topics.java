package dev.iresnet.chaos.harness;

import dev.iresnet.proving.broker.TopicCreation;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            Map<TopicPartition, OffsetSpec> wanted =
                    admin
                            .describeTopics(List.of(Topics.OUTPUT, Topics.DEAD_LETTERS))
                            .allTopicNames()
                            .get()
                            .values()
                            .stream()
                            .flatMap(Topics::partitions)
                            .collect(Collectors.toMap(p -> p, p -> OffsetSpec.latest()));
            return compare(
                    ends(admin, wanted, IsolationLevel.READ_COMMITTED),
                    ends(admin, wanted, IsolationLevel.READ_UNCOMMITTED));
        } catch (ExecutionException e) {
            throw new IllegalStateException("the broker does not tell its offsets", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking for offsets", e);
        }
    }

    private static List<String> compare(
            Map<TopicPartition, ListOffsetsResultInfo> committed,
            Map<TopicPartition, ListOffsetsResultInfo> all) {
        List<String> blocked = new ArrayList<>();
        all.forEach(
                (partition, end) -> {
                    ListOffsetsResultInfo stable = committed.get(partition);
                    long readable = stable == null ? -1 : stable.offset();
                    if (readable < end.offset()) {
                        blocked.add(
                                "%s can be read up to %d of %d"
                                        .formatted(partition, readable, end.offset()));
                    }
                });
        return blocked;
    }

    private static Map<TopicPartition, ListOffsetsResultInfo> ends(
            Admin admin, Map<TopicPartition, OffsetSpec> wanted, IsolationLevel isolation)
            throws ExecutionException, InterruptedException {
        return admin.listOffsets(wanted, new ListOffsetsOptions(isolation)).all().get();
    }

    private static Stream<TopicPartition> partitions(TopicDescription topic) {
        return topic.partitions().stream()
                .map(info -> new TopicPartition(topic.name(), info.partition()));
    }
}
