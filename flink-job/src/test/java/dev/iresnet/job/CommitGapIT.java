package dev.iresnet.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.Condition;
import dev.iresnet.kafka.CommitGate;
import dev.iresnet.proving.broker.BrokerOptions;
import dev.iresnet.proving.broker.EmbeddedBroker;
import dev.iresnet.schemas.avro.LabeledResult;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The moment between a checkpoint's completion and the commit of its transactions: the results are
 * written, the offsets behind them are stored, and nobody sees them yet.
 */
@Timeout(300)
class CommitGapIT {
    private static final String COMMITTED = "results__Committer.successfulCommittables";
    private static final String FAILED = "results__Committer.failedCommittables";

    private static EmbeddedBroker broker;

    private final PixelEngineFactory factory = PixelEngineFactory.of(new PixelModel(), 8);

    @BeforeAll
    static void startBroker() {
        broker =
                EmbeddedBroker.start(
                        new BrokerOptions(
                                0,
                                null,
                                Map.of("authorizer.class.name", CommitGate.class.getName()),
                                List.of()));
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @AfterEach
    void openTheGate() {
        CommitGate.open();
    }

    @Test
    void aTaskManagerThatDiesInTheGapLosesAndDoublesNothing() throws Exception {
        try (Topics topics = Topics.create(broker, "gap");
                Cluster cluster = Cluster.start(2)) {
            JobID job = cluster.submit(topics.arguments(), factory, 2, null);
            long checkpoint = checkpointWithoutCommit(cluster, job, topics);
            topics.sendFrames(200, 250);

            cluster.replaceTaskManager(CommitGate::open);

            awaitRestoredFrom(checkpoint, cluster, job);
            Condition.await("it is committed", () -> topics.committedResults().size() >= 200);
            assertAllIsThereOnce(cluster, job, topics);
            Condition.await(
                    "the recovered commits are counted", () -> cluster.sum(job, COMMITTED) >= 2);
            assertThat(cluster.sum(job, FAILED)).isZero();
        }
    }

    @Test
    void aCommitThatFailsRestartsTheJobAndIsMadeUpFor() throws Exception {
        try (Topics topics = Topics.create(broker, "refused");
                Cluster cluster = Cluster.start(2)) {
            JobID job = cluster.submit(topics.arguments(), factory, 2, null);
            long checkpoint = checkpointWithoutCommit(cluster, job, topics);

            CommitGate.open();

            awaitRestoredFrom(checkpoint, cluster, job);
            Condition.await("it is committed", () -> topics.committedResults().size() >= 200);
            topics.sendFrames(200, 250);
            assertAllIsThereOnce(cluster, job, topics);
        }
    }

    @Test
    void afterAnOrdinaryRecoveryCommitsAreCountedAsFailedThoughNothingIsLost() throws Exception {
        try (Topics topics = Topics.create(broker, "ordinary");
                Cluster cluster = Cluster.start(2)) {
            JobID job = cluster.submit(topics.arguments(), factory, 2, null);
            commitAHundred(cluster, job, topics);
            sendAndAwait(topics, 100, 200);
            long checkpoint = cluster.checkpoint(job);
            Condition.await("200 are committed", () -> topics.committedResults().size() == 200);
            sendAndAwait(topics, 200, 250);

            cluster.replaceTaskManager(() -> {});

            awaitRestoredFrom(checkpoint, cluster, job);
            assertAllIsThereOnce(cluster, job, topics);
            // one a subtask whose transaction had been committed before
            Condition.await("failed commits", () -> cluster.sum(job, FAILED) == 2);
        }
    }

    /**
     * 100 results are committed, and as many are in a checkpoint that is complete, while the broker
     * holds the commits.
     *
     * @return the checkpoint's number
     */
    private static long checkpointWithoutCommit(Cluster cluster, JobID job, Topics topics)
            throws Exception {
        commitAHundred(cluster, job, topics);
        sendAndAwait(topics, 100, 200);
        CommitGate.shut();
        long checkpoint = cluster.checkpoint(job);
        Condition.await("both subtasks want to commit", () -> CommitGate.held().size() == 2);
        assertThat(CommitGate.held()).allMatch(id -> id.startsWith(topics.input() + "-results-"));
        assertThat(topics.committedResults()).hasSize(100);
        return checkpoint;
    }

    /** Flink takes checkpoints of its own while a job starts; from here on there are only ours. */
    private static void commitAHundred(Cluster cluster, JobID job, Topics topics) throws Exception {
        sendAndAwait(topics, 0, 100);
        cluster.checkpoint(job);
        Condition.await("100 are committed", () -> topics.committedResults().size() == 100);
    }

    private static void sendAndAwait(Topics topics, int from, int to) throws Exception {
        topics.sendFrames(from, to);
        awaitLabelled(topics, to);
    }

    private static void awaitLabelled(Topics topics, int count) {
        Condition.await(
                count + " are labelled",
                () -> Set.copyOf(ids(topics.allResults())).size() == count);
    }

    /** Flink's answer may be some seconds old. */
    private static void awaitRestoredFrom(long checkpoint, Cluster cluster, JobID job) {
        Condition.await(
                "checkpoint %d is restored".formatted(checkpoint),
                () ->
                        cluster.get("/jobs/" + job + "/checkpoints")
                                        .at("/latest/restored/id")
                                        .asLong()
                                == checkpoint);
        cluster.awaitRunning(job);
    }

    /** After 50 frames more than the 250 before. */
    private static void assertAllIsThereOnce(Cluster cluster, JobID job, Topics topics)
            throws Exception {
        sendAndAwait(topics, 250, 300);
        cluster.checkpoint(job);
        Condition.await("300 are committed", () -> topics.committedResults().size() >= 300);
        assertThat(ids(topics.committedResults()))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 300).mapToObj(i -> "event-" + i).toList());
    }

    private static List<String> ids(List<LabeledResult> results) {
        return results.stream().map(LabeledResult::getEventId).toList();
    }
}
