package dev.iresnet.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.Condition;
import dev.iresnet.kafka.CommitGate;
import dev.iresnet.proving.broker.BrokerOptions;
import dev.iresnet.proving.broker.EmbeddedBroker;
import dev.iresnet.schemas.avro.LabeledResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A read-committed consumer stands still at the first record of an open transaction. Whatever a job
 * leaves open when it dies, its successor must end.
 */
@Timeout(300)
class LingeringTransactionsIT {
    /** Flink takes some as a job starts, which would commit what is to stay open. */
    private static final Configuration NO_OWN_CHECKPOINTS =
            new Configuration()
                    .set(CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS, Duration.ofMinutes(3));

    @TempDir Path savepoints;

    private final PixelEngineFactory factory = PixelEngineFactory.of(new PixelModel(), 8);

    @AfterEach
    void openTheGate() {
        CommitGate.open();
    }

    @Test
    void aJobOfLessParallelismEndsWhatAllSubtasksBeforeItLeftOpen() throws Exception {
        try (EmbeddedBroker broker =
                        EmbeddedBroker.start(
                                new BrokerOptions(
                                        0,
                                        null,
                                        Map.of("authorizer.class.name", CommitGate.class.getName()),
                                        List.of()));
                Topics topics = Topics.create(broker, "lingering")) {
            String savepoint = dieWithOpenTransactions(topics);
            assertThat(openPartitions(broker, topics))
                    .as("neither results nor dead letters can be read to their end")
                    .anyMatch(partition -> partition.topic().equals(topics.output()))
                    .anyMatch(partition -> partition.topic().equals(topics.deadLetters()));

            try (Cluster cluster = Cluster.start(1)) {
                JobID job = cluster.submit(topics.arguments(), factory, 1, savepoint);
                Condition.await("all are labelled", () -> topics.allResults().size() == 300);
                cluster.awaitRunning(job);
                cluster.stopWithSavepoint(job, savepoints);
            }

            assertThat(openPartitions(broker, topics)).isEmpty();
            assertThat(topics.committedResults())
                    .extracting(LabeledResult::getEventId)
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, 200).mapToObj(i -> "event-" + i).toList());
            assertThat(topics.deadLetterRecords()).hasSize(16);
        }
    }

    /**
     * Three subtasks commit 100 results, and write 100 more and 16 dead letters, in transactions
     * that nothing ends: the broker refuses it, and the cluster, whose task manager does not
     * survive that, goes.
     *
     * @return a savepoint behind the first 100
     */
    private String dieWithOpenTransactions(Topics topics) throws Exception {
        try (Cluster cluster = Cluster.start(3, NO_OWN_CHECKPOINTS)) {
            JobID first = cluster.submit(topics.arguments(), factory, 3, null);
            topics.sendFrames(0, 100);
            Condition.await("100 are labelled", () -> topics.allResults().size() == 100);
            cluster.awaitRunning(first);
            String savepoint = cluster.stopWithSavepoint(first, savepoints);

            JobID second = cluster.submit(topics.arguments(), factory, 3, savepoint);
            topics.sendFrames(100, 200);
            for (int camera = 0; camera < 16; camera++) {
                topics.send(("camera-" + camera).getBytes(UTF_8), "not an event".getBytes(UTF_8));
            }
            topics.flush();
            Condition.await(
                    "all is written",
                    () ->
                            topics.allResults().size() == 200
                                    && cluster.sum(second, "tagging.iresnet.deadLettered") == 16);
            CommitGate.refuse();
            cluster.cancel(second);
            return savepoint;
        } finally {
            CommitGate.open();
        }
    }

    /** Those whose last stable offset is not their end. */
    private static List<TopicPartition> openPartitions(EmbeddedBroker broker, Topics topics)
            throws Exception {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        for (int partition = 0; partition < Topics.PARTITIONS; partition++) {
            latest.put(new TopicPartition(topics.output(), partition), OffsetSpec.latest());
            latest.put(new TopicPartition(topics.deadLetters(), partition), OffsetSpec.latest());
        }
        try (Admin admin = broker.admin()) {
            var stable = ends(admin, latest, IsolationLevel.READ_COMMITTED);
            var ends = ends(admin, latest, IsolationLevel.READ_UNCOMMITTED);
            return latest.keySet().stream()
                    .filter(
                            partition ->
                                    !Objects.equals(ends.get(partition), stable.get(partition)))
                    .toList();
        }
    }

    private static Map<TopicPartition, Long> ends(
            Admin admin, Map<TopicPartition, OffsetSpec> latest, IsolationLevel isolation)
            throws Exception {
        Map<TopicPartition, Long> ends = new HashMap<>();
        admin.listOffsets(latest, new ListOffsetsOptions(isolation))
                .all()
                .get()
                .forEach((partition, info) -> ends.put(partition, info.offset()));
        return ends;
    }
}
