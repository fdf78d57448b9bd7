package dev.iresnet.chaos.stage;

import dev.iresnet.chaos.load.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * Whether a reader of committed records gets to the end of each partition. It does not where a
 * transaction was left open: it would wait there until the broker aborts it.
 */
public final class CommittedEnds {

    private CommittedEnds() {}

    /** Partitions of the job's outputs whose end cannot be read; empty if there are none. */
    public static List<String> blocked(String bootstrapServers) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            Map<TopicPartition, OffsetSpec> wanted =
                    admin
                            .describeTopics(List.of(Topics.OUTPUT, Topics.DEAD_LETTERS))
                            .allTopicNames()
                            .get()
                            .values()
                            .stream()
                            .flatMap(CommittedEnds::partitions)
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
