package dev.iresnet.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.Condition;
import dev.iresnet.proving.broker.EmbeddedBroker;
import dev.iresnet.proving.hostile.HostileRecord;
import dev.iresnet.proving.hostile.HostileRecords;
import dev.iresnet.schemas.avro.LabeledResult;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class HostileStreamIT {
    private static final int GOOD = 200;

    /** Kafka's own framing and the headers within the topic's 1 MiB. */
    private static final int LARGEST = (1 << 20) - 200;

    private final PixelEngineFactory factory = PixelEngineFactory.of(new PixelModel(), 8);

    @Test
    void eachBadRecordBecomesOneDeadLetterAndEachGoodOneALabel() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                Topics topics = Topics.create(broker, "hostile");
                Cluster cluster = Cluster.start(2)) {
            JobID job = cluster.submit(topics.arguments(), factory, 2, null);
            List<HostileRecord> hostile = sendMixed(topics);
            Condition.await(
                    "all is answered",
                    () ->
                            cluster.sum(job, "tagging.iresnet.labelled") == GOOD
                                    && cluster.sum(job, "tagging.iresnet.deadLettered")
                                            == hostile.size());
            cluster.checkpoint(job);
            Condition.await(
                    "all is committed",
                    () ->
                            topics.committedResults().size() == GOOD
                                    && topics.deadLetterRecords().size() == hostile.size());

            assertThat(topics.committedResults())
                    .extracting(LabeledResult::getEventId)
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, GOOD).mapToObj(i -> "event-" + i).toList());
            List<ConsumerRecord<byte[], byte[]>> letters = topics.deadLetterRecords();
            assertThat(hostile).allSatisfy(record -> assertOneLetterFor(record, letters));
            assertThat(cluster.restarts(job)).isZero();
            assertMetricsAreThere(cluster, job);
            assertThat(cluster.vertices(job)).as("one chain").hasSize(1);
            cluster.cancel(job);
        }
    }

    private static void assertMetricsAreThere(Cluster cluster, JobID job) throws Exception {
        long batches = cluster.sum(job, "tagging.iresnet.batches");
        assertThat(batches).isBetween(GOOD / 8L, (long) GOOD);
        assertThat(cluster.sum(job, "tagging.iresnet.code.IMAGE_TOO_LARGE.deadLettered"))
                .isEqualTo(1);
        assertThat(cluster.sum(job, "tagging.iresnet.pending")).isZero();
        assertThat(cluster.sum(job, "tagging.iresnet.inFlightBatches")).isZero();
        assertThat(cluster.sum(job, "tagging.iresnet.modelVersion")).isPositive();
    }

    private static List<HostileRecord> sendMixed(Topics topics) throws Exception {
        HostileRecords records = new HostileRecords(jpeg());
        List<HostileRecord> hostile = new ArrayList<>(records.all());
        hostile.add(records.ofSize(LARGEST));
        hostile.add(records.reference());
        int good = 0;
        for (HostileRecord record : hostile) {
            for (int i = 0; i < 8; i++) {
                topics.send(Topics.event(good++));
            }
            send(topics, record);
        }
        while (good < GOOD) {
            topics.send(Topics.event(good++));
        }
        topics.flush();
        return hostile;
    }

    private static void send(Topics topics, HostileRecord record) {
        ProducerRecord<byte[], byte[]> sent =
                new ProducerRecord<>(topics.input(), record.key(), record.value());
        sent.headers().add("name", record.name().getBytes(UTF_8));
        sent.headers().add("again", new byte[] {0, -1});
        sent.headers().add("again", null);
        topics.send(sent);
    }

    private static void assertOneLetterFor(
            HostileRecord record, List<ConsumerRecord<byte[], byte[]>> letters) {
        List<ConsumerRecord<byte[], byte[]>> mine =
                letters.stream()
                        .filter(letter -> header(letter, "name").equals(record.name()))
                        .toList();
        assertThat(mine).hasSize(1);
        ConsumerRecord<byte[], byte[]> letter = mine.get(0);
        assertThat(letter.key()).isEqualTo(record.key());
        assertThat(letter.value()).isEqualTo(record.value());
        assertThat(Arrays.stream(letter.headers().toArray()).limit(3))
                .as("its own headers, in their order, before ours")
                .containsExactly(
                        new RecordHeader("name", record.name().getBytes(UTF_8)),
                        new RecordHeader("again", new byte[] {0, -1}),
                        new RecordHeader("again", (byte[]) null));
        assertThat(header(letter, "iresnet.error.code")).isEqualTo(record.expectedCode());
        assertThat(header(letter, "__connect.errors.topic")).isEqualTo("hostile");
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(requireNonNull(record.headers().lastHeader(name), name).value(), UTF_8);
    }

    private static byte[] jpeg() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB), "jpg", file);
        return file.toByteArray();
    }
}
