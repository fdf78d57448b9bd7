package dev.iresnet.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.Condition;
import dev.iresnet.ShakyFileSystem;
import dev.iresnet.config.JobConfig;
import dev.iresnet.proving.broker.EmbeddedBroker;
import dev.iresnet.proving.feed.ReferenceFormat;
import dev.iresnet.proving.hostile.HostileRecord;
import dev.iresnet.proving.hostile.HostileRecords;
import dev.iresnet.schemas.avro.ImageEvent;
import dev.iresnet.schemas.avro.ImageReference;
import dev.iresnet.schemas.avro.LabeledResult;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Frames that carry their pictures, and frames that only refer to them, through a real cluster. */
@Timeout(180)
class PictureReferencesIT {
    private static final int FRAMES = 300;
    private static final byte[] KEPT = {'n', 'o', ' ', 'p', 'i', 'c', 't', 'u', 'r', 'e'};

    private static EmbeddedBroker broker;

    @TempDir Path parent;

    private Path folder;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectory(parent.resolve("frames"));
    }

    @AfterEach
    void comeUp() {
        ShakyFileSystem.DOWN.set(false);
    }

    @Test
    void aStoreThatIsDownIsWaitedForAndThenAllIsLabelledInOrder() throws Exception {
        try (Topics topics = Topics.create(broker, "referring");
                Cluster cluster = Cluster.start(2)) {
            ShakyFileSystem.DOWN.set(true);
            JobID job = submit(cluster, topics);
            for (int number = 0; number < FRAMES; number++) {
                topics.send(mixed(number));
            }
            topics.flush();
            Condition.await(
                    "the store is known to be down",
                    () -> cluster.sum(job, "tagging.iresnet.storesDown") > 0);
            int refused = ShakyFileSystem.REFUSED.get();
            Condition.await("it is asked again", () -> ShakyFileSystem.REFUSED.get() > refused + 3);
            CompletableFuture<Void> checkpoint = checkpointing(cluster, job);
            assertThat(checkpoint).as("waits for the frames under way").isNotDone();
            ShakyFileSystem.DOWN.set(false);

            checkpoint.join();
            Condition.await(
                    "all is labelled",
                    () -> cluster.sum(job, "tagging.iresnet.labelled") == FRAMES);
            cluster.checkpoint(job);
            Condition.await("all is committed", () -> topics.committedResults().size() == FRAMES);

            assertEachIsLabelledOnceAndInOrder(topics.committedResults());
            assertThat(topics.deadLetterRecords()).isEmpty();
            assertThat(cluster.restarts(job)).isZero();
            assertThat(cluster.sum(job, "tagging.iresnet.fetched")).isEqualTo(FRAMES * 2 / 3);
            Condition.await(
                    "the store is known to be up",
                    () -> cluster.sum(job, "tagging.iresnet.storesDown") == 0);
            cluster.cancel(job);
        }
    }

    @Test
    void whatAReferenceCanDoWrongBecomesADeadLetterWithItsCode() throws Exception {
        try (Topics topics = Topics.create(broker, "misleading");
                Cluster cluster = Cluster.start(2)) {
            Files.write(folder.resolve("kept"), KEPT);
            JobID job = submit(cluster, topics);
            List<HostileRecord> hostile =
                    new HostileRecords(KEPT).references("file://" + folder, "kept");
            int number = 0;
            for (HostileRecord record : hostile) {
                topics.send(mixed(number++));
                ProducerRecord<byte[], byte[]> sent =
                        new ProducerRecord<>(topics.input(), record.key(), record.value());
                sent.headers().add("name", record.name().getBytes(UTF_8));
                topics.send(sent);
            }
            topics.flush();
            int good = number;
            Condition.await(
                    "all is answered",
                    () ->
                            cluster.sum(job, "tagging.iresnet.labelled") == good
                                    && cluster.sum(job, "tagging.iresnet.deadLettered")
                                            == hostile.size());
            cluster.checkpoint(job);
            Condition.await(
                    "all is committed", () -> topics.deadLetterRecords().size() == hostile.size());

            Map<String, String> codes = new HashMap<>();
            for (ConsumerRecord<byte[], byte[]> letter : topics.deadLetterRecords()) {
                codes.put(header(letter, "name"), header(letter, "iresnet.error.code"));
            }
            assertThat(hostile)
                    .allSatisfy(
                            record ->
                                    assertThat(codes)
                                            .containsEntry(record.name(), record.expectedCode()));
            assertThat(cluster.restarts(job)).isZero();
            cluster.cancel(job);
        }
    }

    private JobID submit(Cluster cluster, Topics topics) throws Exception {
        List<String> arguments =
                topics.arguments(
                        "--references.allowed=file://%s,shaky://%s".formatted(folder, folder),
                        "--references.max-pause=200 ms");
        PixelRecipe.OfReferences recipe =
                new PixelRecipe.OfReferences(JobConfig.read(arguments, Map.of()).engine());
        return cluster.submit(arguments, recipe, 2, null);
    }

    private static CompletableFuture<Void> checkpointing(Cluster cluster, JobID job) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        cluster.checkpoint(job);
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                });
    }

    /** A third with its picture, a third with one on this machine, a third with one in a store. */
    private ImageEvent mixed(int number) throws IOException {
        ImageEvent event = Topics.event(number);
        if (number % 3 == 0) {
            return event;
        }
        byte[] pixels = ((ByteBuffer) event.getImage()).array();
        Files.write(folder.resolve(number + ".rgb"), pixels);
        String uri = "%s://%s/%d.rgb".formatted(number % 3 == 1 ? "file" : "shaky", folder, number);
        return ImageEvent.newBuilder(event)
                .setImage(
                        new ImageReference(
                                uri, (long) pixels.length, ReferenceFormat.sha256(pixels)))
                .build();
    }

    private static void assertEachIsLabelledOnceAndInOrder(List<LabeledResult> results) {
        Map<String, Long> last = new HashMap<>();
        for (LabeledResult result : results) {
            int number = Integer.parseInt(result.getEventId().substring("event-".length()));
            assertThat(result.getLabels().get(0).getIndex()).isEqualTo(number % PixelModel.CLASSES);
            Long before = last.put(result.getCameraId(), result.getFrameNumber());
            assertThat(result.getFrameNumber())
                    .as(result.getCameraId())
                    .isEqualTo(before == null ? 0 : before + 1);
        }
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(requireNonNull(record.headers().lastHeader(name), name).value(), UTF_8);
    }
}
