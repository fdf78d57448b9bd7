package dev.iresnet.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.Condition;
import dev.iresnet.proving.broker.EmbeddedBroker;
import dev.iresnet.schemas.avro.ImageEvent;
import dev.iresnet.schemas.avro.LabeledResult;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real broker, a real cluster, the real engine; only the network is a toy. */
@Timeout(180)
class DeliveryIT {
    private static final int SLOTS = 2;
    private static final int BATCH = 8;

    /** So that of 200 that are sent some are always in flight. */
    private static final int LET_THROUGH_AT_MOST = 160;

    private static EmbeddedBroker broker;

    @TempDir Path savepoints;

    private final PixelModel model = new PixelModel();
    private final PixelEngineFactory factory =
            PixelEngineFactory.of(model, BATCH).ofSmallPictures();

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void exactlyOnceSurvivesTheLossOfATaskManager() throws Exception {
        try (Topics topics = Topics.create(broker, "exactly-once");
                Cluster cluster = Cluster.start(SLOTS)) {
            JobID job = cluster.submit(topics.arguments(), factory, SLOTS, null);
            loseTheTaskManager(cluster, job, topics);
            assertThat(topics.committedResults())
                    .as("nothing after the checkpoint is committed yet")
                    .hasSize(200);
            finish(cluster, job, topics);

            List<LabeledResult> results = topics.committedResults();
            assertThat(results).extracting(LabeledResult::getEventId).doesNotHaveDuplicates();
            assertEachFrameIsThere(results);
            assertCamerasAreInOrder(results);
        }
    }

    @Test
    void atLeastOnceRepeatsFramesUnderTheSameFailure() throws Exception {
        try (Topics topics = Topics.create(broker, "at-least-once");
                Cluster cluster = Cluster.start(SLOTS)) {
            JobID job =
                    cluster.submit(
                            topics.arguments("--delivery.guarantee=at-least-once"),
                            factory,
                            SLOTS,
                            null);
            loseTheTaskManager(cluster, job, topics);
            finish(cluster, job, topics);

            List<LabeledResult> results = topics.committedResults();
            assertEachFrameIsThere(results);
            assertThat(results.size()).as("some came twice").isGreaterThan(400);
        }
    }

    @Test
    void anotherParallelismKeepsEachCamerasOrder() throws Exception {
        try (Topics topics = Topics.create(broker, "rescaled");
                Cluster cluster = Cluster.start(3)) {
            JobID first = cluster.submit(topics.arguments(), factory, 1, null);
            model.hold();
            topics.sendFrames(0, 300);
            letThroughUntil(100, topics);
            Condition.await("32 are in flight", () -> factory.pending() >= 32);
            CompletableFuture<String> stopping = cluster.stoppingWithSavepoint(first, savepoints);
            assertThat(stopping).as("waits for those in flight").isNotDone();
            model.open();
            String savepoint = stopping.get();
            topics.sendFrames(300, 400);
            JobID second = cluster.submit(topics.arguments(), factory, 3, savepoint);
            finish(cluster, second, topics);

            List<LabeledResult> results = topics.committedResults();
            assertThat(results).hasSize(400);
            assertEachFrameIsThere(results);
            assertCamerasAreInOrder(results);
        }
    }

    @Test
    void aFrameWhoseProducerHasAbortedIsNotLabelled() throws Exception {
        try (Topics topics = Topics.create(broker, "aborted");
                Cluster cluster = Cluster.start(1)) {
            sendAndAbort(topics, 100, 120);
            topics.sendFrames(0, 20);
            JobID job = cluster.submit(topics.arguments(), factory, 1, null);
            Condition.await("20 are labelled", () -> topics.allResults().size() >= 20);
            cluster.awaitRunning(job);
            cluster.stopWithSavepoint(job, savepoints);

            assertThat(topics.committedResults())
                    .extracting(LabeledResult::getEventId)
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, 20).mapToObj(i -> "event-" + i).toList());
        }
    }

    /**
     * 200 frames are committed; some more are labelled and sent, but not committed; the others of
     * 400 are in flight or unread. Then the task manager goes, and another comes.
     */
    private void loseTheTaskManager(Cluster cluster, JobID job, Topics topics) throws Exception {
        topics.sendFrames(0, 200);
        Condition.await("200 are labelled", () -> topics.allResults().size() == 200);
        cluster.checkpoint(job);
        Condition.await("200 are committed", () -> topics.committedResults().size() == 200);

        model.hold();
        topics.sendFrames(200, 400);
        letThroughUntil(201, topics);
        Condition.await("32 are in flight", () -> factory.pending() >= 32);
        assertThat(topics.allResults().size()).isGreaterThan(200);

        cluster.replaceTaskManager(model::open);
        Condition.await("the job has restarted", () -> cluster.restarts(job) >= 1);
    }

    /**
     * Lets one batch after the other through the held model, until the producer has sent as many
     * results, not only labelled them. A number that is fixed beforehand may be used up by frames
     * of a slot whose oldest frame was overtaken on its way to the model: such a slot sends
     * nothing.
     */
    private void letThroughUntil(int sent, Topics topics) {
        AtomicInteger through = new AtomicInteger();
        Condition.await(
                sent + " are sent",
                () -> {
                    if (through.addAndGet(BATCH) <= LET_THROUGH_AT_MOST) {
                        model.letPass(BATCH);
                    }
                    return topics.allResults().size() >= sent;
                });
    }

    private void finish(Cluster cluster, JobID job, Topics topics) throws Exception {
        Condition.await(
                "all are labelled",
                () ->
                        new HashSet<>(ids(topics.allResults()))
                                .containsAll(
                                        IntStream.range(0, 400)
                                                .mapToObj(i -> "event-" + i)
                                                .toList()));
        cluster.awaitRunning(job);
        cluster.stopWithSavepoint(job, savepoints);
    }

    private static void assertEachFrameIsThere(List<LabeledResult> results) {
        assertThat(ids(results))
                .containsAll(IntStream.range(0, 400).mapToObj(i -> "event-" + i).toList());
        assertThat(results)
                .allSatisfy(
                        result -> {
                            int number = Integer.parseInt(result.getEventId().substring(6));
                            assertThat(result.getLabels().get(0).getIndex())
                                    .isEqualTo(number % PixelModel.CLASSES);
                        });
    }

    private static void assertCamerasAreInOrder(List<LabeledResult> results) {
        Map<String, Long> last = new HashMap<>();
        for (LabeledResult result : results) {
            Long before = last.put(result.getCameraId(), result.getFrameNumber());
            assertThat(result.getFrameNumber())
                    .as(result.getCameraId())
                    .isEqualTo(before == null ? 0 : before + 1);
        }
    }

    private static List<String> ids(List<LabeledResult> results) {
        return results.stream().map(LabeledResult::getEventId).toList();
    }

    private static void sendAndAbort(Topics topics, int from, int to) {
        Map<String, Object> properties =
                Map.of(
                        "bootstrap.servers",
                        broker.bootstrapServers(),
                        "transactional.id",
                        "a-producer");
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            for (int number = from; number < to; number++) {
                ImageEvent event = Topics.event(number);
                var unused =
                        producer.send(
                                new ProducerRecord<>(
                                        topics.input(),
                                        event.getCameraId().getBytes(UTF_8),
                                        Topics.encoded(event)));
            }
            producer.flush();
            producer.abortTransaction();
        }
    }
}
