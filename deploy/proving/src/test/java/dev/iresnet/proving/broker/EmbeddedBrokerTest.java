package dev.iresnet.proving.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedBrokerTest {

    private static final String TOPIC = "frames";

    @TempDir private Path temporary;

    @Test
    void committedRecordsAreReadAndAbortedOnesAreNot() {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            broker.createTopic(TOPIC, 3);
            try (KafkaProducer<byte[], byte[]> producer = producer(broker)) {
                producer.initTransactions();
                producer.beginTransaction();
                send(producer, "aborted");
                producer.flush();
                producer.abortTransaction();
                producer.beginTransaction();
                send(producer, "committed");
                producer.commitTransaction();
            }

            assertThat(read(broker, 1)).containsExactly("committed");
        }
    }

    @Test
    void aNewTopicTakesTheFirstRecordAtOnce() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                KafkaProducer<byte[], byte[]> producer =
                        new KafkaProducer<>(
                                Map.of(
                                        "bootstrap.servers",
                                        broker.bootstrapServers(),
                                        "retries",
                                        0),
                                new ByteArraySerializer(),
                                new ByteArraySerializer())) {
            for (int i = 0; i < 60; i++) {
                broker.createTopic(TOPIC + i, 3);
                for (int partition = 0; partition < 3; partition++) {
                    byte[] frame = {(byte) i};
                    RecordMetadata sent =
                            producer.send(new ProducerRecord<>(TOPIC + i, partition, null, frame))
                                    .get();
                    assertThat(sent.offset()).isZero();
                }
            }
        }
    }

    @Test
    void takesFramesOfManyMegabytes() {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            broker.createTopic(TOPIC, 1);
            String frame = "f".repeat(15 * 1024 * 1024);
            try (KafkaProducer<byte[], byte[]> producer = producer(broker)) {
                producer.initTransactions();
                producer.beginTransaction();
                send(producer, frame);
                producer.commitTransaction();
            }

            assertThat(read(broker, 1)).containsExactly(frame);
        }
    }

    @Test
    void keepsWhatIsInAGivenDirectoryAndDeletesATemporaryOne() throws IOException {
        Path kept = temporary.resolve("kept");
        BrokerOptions options = BrokerOptions.DEFAULTS.withDirectory(kept);
        try (EmbeddedBroker broker = EmbeddedBroker.start(options)) {
            broker.createTopic(TOPIC, 1);
        }
        Path gone;
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            gone = broker.directory();
            assertThat(gone).isNotEmptyDirectory();
        }
        assertThat(gone).doesNotExist();

        try (EmbeddedBroker broker = EmbeddedBroker.start(options)) {
            assertThatThrownBy(() -> broker.createTopic(TOPIC, 1))
                    .isInstanceOf(BrokerException.class)
                    .hasMessageContaining("already exists");
        }
    }

    @Test
    void namesThePortThatIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();

            assertThatThrownBy(() -> EmbeddedBroker.start(BrokerOptions.DEFAULTS.withPort(port)))
                    .isInstanceOf(BrokerException.class)
                    .hasMessageContaining("127.0.0.1:" + port)
                    .hasMessageContaining("in use");
        }
    }

    @Test
    void namesTheDirectoryThatCannotBeWritten() throws IOException {
        Path file = Files.createFile(temporary.resolve("file"));

        assertThatThrownBy(
                        () ->
                                EmbeddedBroker.start(
                                        BrokerOptions.DEFAULTS.withDirectory(file.resolve("data"))))
                .isInstanceOf(BrokerException.class)
                .hasMessageContaining(file.toString());
    }

    private static void send(KafkaProducer<byte[], byte[]> producer, String value) {
        // Transactions report a failed send when they commit.
        var unused =
                producer.send(new ProducerRecord<>(TOPIC, value.getBytes(StandardCharsets.UTF_8)));
    }

    private static KafkaProducer<byte[], byte[]> producer(EmbeddedBroker broker) {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers", broker.bootstrapServers(),
                        "transactional.id", "test",
                        "max.request.size", Integer.toString(16 * 1024 * 1024)),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private static List<String> read(EmbeddedBroker broker, int expected) {
        Map<String, Object> options =
                Map.of(
                        "bootstrap.servers", broker.bootstrapServers(),
                        "group.id", "test",
                        "auto.offset.reset", "earliest",
                        "isolation.level", "read_committed");
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        options, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(TOPIC));
            long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (values.size() < expected && System.nanoTime() < deadline) {
                for (ConsumerRecord<byte[], byte[]> record :
                        consumer.poll(Duration.ofMillis(100))) {
                    values.add(new String(record.value(), StandardCharsets.UTF_8));
                }
            }
        }
        return values;
    }
}
