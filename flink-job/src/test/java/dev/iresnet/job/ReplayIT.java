package dev.iresnet.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.Condition;
import dev.iresnet.config.JobConfig;
import dev.iresnet.proving.broker.EmbeddedBroker;
import dev.iresnet.proving.feed.ReferenceFormat;
import dev.iresnet.replay.ReplayMain;
import dev.iresnet.schemas.avro.ImageEvent;
import dev.iresnet.schemas.avro.ImageReference;
import dev.iresnet.schemas.avro.LabeledResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Dead letters of a running job, sent back to it. */
@Timeout(180)
class ReplayIT {
    private static final int MISSING = 40;
    private static final int CORRUPT = 3;

    /** Not older than the topic keeps records. */
    private final long takenAt = Instant.now().minusSeconds(3600).toEpochMilli();

    private static EmbeddedBroker broker;

    @TempDir Path folder;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void whatIsMendedIsLabelledAfterAReplayAndNothingIsSentTwice() throws Exception {
        try (Topics topics = Topics.create(broker, "mended");
                Cluster cluster = Cluster.start(2)) {
            JobID job = submit(cluster, topics);
            sendMissingAndCorrupt(topics);
            awaitDeadLetters(cluster, job, topics, MISSING + CORRUPT);
            for (int number = 0; number < MISSING; number++) {
                Files.write(picture(number), pixels(number));
            }

            assertThat(replay(topics, "--codes", "IMAGE_NOT_FOUND")).contains("would be sent back");
            assertThat(topics.inputRecords()).hasSize(MISSING + CORRUPT);
            assertThat(replay(topics, "--codes", "IMAGE_NOT_FOUND", "--execute"))
                    .contains("mended.dlq: 40 dead letters sent back to mended");
            assertThat(replay(topics, "--codes", "IMAGE_NOT_FOUND", "--execute"))
                    .contains("mended.dlq: 0 dead letters");
            Condition.await(
                    "what was mended is labelled",
                    () -> cluster.sum(job, "tagging.iresnet.labelled") == MISSING);
            cluster.checkpoint(job);
            Condition.await("all is committed", () -> topics.committedResults().size() == MISSING);

            assertThat(topics.committedResults())
                    .extracting(LabeledResult::getEventId)
                    .doesNotHaveDuplicates();
            assertEachCameFromWhereItWas(topics.inputRecords());
            cluster.cancel(job);
        }
    }

    @Test
    void aCodeThatWasNotChosenCanBeChosenLaterAndEachLetterGoesOnce() throws Exception {
        try (Topics topics = Topics.create(broker, "chosen");
                Cluster cluster = Cluster.start(2)) {
            JobID job = submit(cluster, topics);
            sendMissingAndCorrupt(topics);
            awaitDeadLetters(cluster, job, topics, MISSING + CORRUPT);
            cluster.cancel(job);

            assertThat(replay(topics, "--codes", "EVENT_CORRUPT", "--execute"))
                    .contains("3 dead letters sent back", "not chosen, IMAGE_NOT_FOUND: 40");
            assertThat(replay(topics, "--codes", "all", "--execute"))
                    .contains("40 dead letters sent back", "  IMAGE_NOT_FOUND: 40");
            assertThat(replay(topics, "--codes", "all", "--execute")).contains("0 dead letters");

            assertThat(topics.inputRecords()).hasSize(2 * (MISSING + CORRUPT));
        }
    }

    @Test
    void aValueThatDidNotFitIsTakenFromWhereItWasAndOneThatIsGoneIsNamed() throws Exception {
        try (Topics topics = Topics.create(broker, "large")) {
            ProducerRecord<byte[], byte[]> large =
                    new ProducerRecord<>("large", 1, takenAt, new byte[] {1}, new byte[] {2, 3});
            large.headers().add("traceparent", new byte[] {4});
            topics.send(large);
            topics.send(letterWithoutValue(topics, 0));
            topics.send(letterWithoutValue(topics, 7));
            topics.flush();

            assertThat(replay(topics, "--codes", "all", "--execute"))
                    .contains("1 dead letters sent back", "gone from large-1@7");

            assertThat(topics.inputRecords())
                    .hasSize(2)
                    .allSatisfy(
                            record -> {
                                assertThat(record.value()).containsExactly(2, 3);
                                assertThat(record.headers().toArray())
                                        .isEqualTo(large.headers().toArray());
                                assertThat(record.timestamp()).isEqualTo(takenAt);
                            });
        }
    }

    /** Whoever can write dead letters must not make this command write where its login may. */
    @Test
    void aLetterThatNamesAnotherTopicIsRefusedAndTheOthersAreSent() throws Exception {
        try (Topics topics = Topics.create(broker, "forged");
                Topics others = Topics.create(broker, "payments")) {
            topics.send(new ProducerRecord<>("forged", 1, takenAt, new byte[] {1}, new byte[] {2}));
            topics.send(letterWithoutValue(topics, others.input(), 1, 0));
            topics.send(letterWithoutValue(topics, topics.input(), 9_999, 0));
            topics.send(letterWithoutValue(topics, 0));
            topics.flush();

            assertThat(replay(topics, "--codes", "all", "--execute"))
                    .contains("1 dead letters sent back to forged")
                    .contains(
                            "refused, 1: the header __connect.errors.topic names 'payments', which"
                                    + " is none of input.topics: forged")
                    .contains("refused, 1: the header __connect.errors.partition names partition");

            assertThat(others.inputRecords()).isEmpty();
            assertThat(topics.inputRecords()).hasSize(2);
        }
    }

    @Test
    void whatIsOlderThanAskedForIsPassedOverForGood() throws Exception {
        try (Topics topics = Topics.create(broker, "old")) {
            topics.send(letterWithoutValue(topics, 0));
            topics.flush();

            assertThat(
                            replay(
                                    topics,
                                    "--codes=all",
                                    "--since",
                                    "2999-01-01T00:00:00Z",
                                    "--execute"))
                    .contains("0 dead letters", "passed over, too old: 1");
            assertThat(replay(topics, "--codes", "all")).doesNotContain("gone");
        }
    }

    private JobID submit(Cluster cluster, Topics topics) throws Exception {
        List<String> arguments = topics.arguments("--references.allowed=file://" + folder);
        return cluster.submit(
                arguments,
                new PixelRecipe.OfReferences(JobConfig.read(arguments, Map.of()).engine()),
                2,
                null);
    }

    private void sendMissingAndCorrupt(Topics topics) throws Exception {
        for (int number = 0; number < MISSING; number++) {
            byte[] pixels = pixels(number);
            ImageEvent event =
                    ImageEvent.newBuilder(Topics.event(number))
                            .setImage(
                                    new ImageReference(
                                            "file://" + picture(number),
                                            (long) pixels.length,
                                            ReferenceFormat.sha256(pixels)))
                            .build();
            topics.send(
                    new ProducerRecord<>(
                            topics.input(),
                            null,
                            takenAt + number,
                            event.getCameraId().getBytes(UTF_8),
                            Topics.encoded(event)));
        }
        byte[] whole = Topics.encoded(Topics.event(0));
        for (int i = 0; i < CORRUPT; i++) {
            topics.send("camera-0".getBytes(UTF_8), Arrays.copyOf(whole, whole.length / 2));
        }
        topics.flush();
    }

    private static void awaitDeadLetters(Cluster cluster, JobID job, Topics topics, int count)
            throws Exception {
        Condition.await(
                "all are dead letters",
                () -> cluster.sum(job, "tagging.iresnet.deadLettered") == count);
        cluster.checkpoint(job);
        Condition.await("all is committed", () -> topics.deadLetterRecords().size() == count);
    }

    private void assertEachCameFromWhereItWas(List<ConsumerRecord<byte[], byte[]>> records) {
        List<String> first = new ArrayList<>();
        List<String> again = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (record.timestamp() < takenAt + MISSING) {
                String what =
                        "%d %d %s %s"
                                .formatted(
                                        record.partition(),
                                        record.timestamp(),
                                        new String(record.key(), UTF_8),
                                        Arrays.hashCode(record.value()));
                (first.contains(what) ? again : first).add(what);
                assertThat(record.headers()).isEmpty();
            }
        }
        assertThat(again).containsExactlyInAnyOrderElementsOf(first).hasSize(MISSING);
    }

    private static ProducerRecord<byte[], byte[]> letterWithoutValue(Topics topics, long offset) {
        return letterWithoutValue(topics, topics.input(), 1, offset);
    }

    private static ProducerRecord<byte[], byte[]> letterWithoutValue(
            Topics topics, String topic, int partition, long offset) {
        ProducerRecord<byte[], byte[]> letter =
                new ProducerRecord<>(topics.deadLetters(), new byte[] {1}, null);
        letter.headers().add("__connect.errors.topic", topic.getBytes(UTF_8));
        letter.headers()
                .add("__connect.errors.partition", Integer.toString(partition).getBytes(UTF_8));
        letter.headers().add("__connect.errors.offset", Long.toString(offset).getBytes(UTF_8));
        letter.headers().add("iresnet.error.code", "IMAGE_TOO_LARGE".getBytes(UTF_8));
        letter.headers().add("iresnet.error.timestamp", "0".getBytes(UTF_8));
        letter.headers().add("iresnet.value.omitted", "2".getBytes(UTF_8));
        return letter;
    }

    private Path picture(int number) {
        return folder.resolve(number + ".rgb");
    }

    private static byte[] pixels(int number) {
        return ((ByteBuffer) Topics.event(number).getImage()).array();
    }

    private String replay(Topics topics, String... own) throws IOException {
        said.reset();
        List<String> arguments = new ArrayList<>(topics.arguments());
        arguments.addAll(List.of(own));
        try (PrintStream out = new PrintStream(said, true, UTF_8)) {
            assertThat(ReplayMain.run(arguments, Map.of(), out, out)).isZero();
        }
        return said.toString(UTF_8);
    }
}
