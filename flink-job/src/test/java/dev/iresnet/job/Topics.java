package dev.iresnet.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.iresnet.proving.broker.EmbeddedBroker;
import dev.iresnet.schemas.SingleObjectFormat;
import dev.iresnet.schemas.avro.ImageEncoding;
import dev.iresnet.schemas.avro.ImageEvent;
import dev.iresnet.schemas.avro.LabeledResult;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Three topics of a test, what is sent to them and what is found in them. */
final class Topics implements AutoCloseable {
    static final int PARTITIONS = 4;
    static final int CAMERAS = 8;

    private static final SingleObjectFormat<ImageEvent> EVENTS =
            SingleObjectFormat.ofImageEvents(List.of());
    private static final SingleObjectFormat<LabeledResult> RESULTS =
            SingleObjectFormat.ofLabeledResults();

    private final EmbeddedBroker broker;
    private final String name;
    private final KafkaProducer<byte[], byte[]> producer;
    private final List<Future<RecordMetadata>> sent = new ArrayList<>();

    private Topics(EmbeddedBroker broker, String name) {
        this.broker = broker;
        this.name = name;
        this.producer =
                new KafkaProducer<>(
                        Map.of(
                                "bootstrap.servers",
                                broker.bootstrapServers(),
                                "max.request.size",
                                4 << 20),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
    }

    static Topics create(EmbeddedBroker broker, String name) {
        Topics topics = new Topics(broker, name);
        broker.createTopics(
                List.of(
                        topic(topics.input(), 1 << 20),
                        topic(topics.output(), 1 << 20),
                        topic(topics.deadLetters(), (1 << 20) + (64 << 10))));
        return topics;
    }

    private static NewTopic topic(String name, int largest) {
        return new NewTopic(name, Optional.of(PARTITIONS), Optional.empty())
                .configs(Map.of("max.message.bytes", Integer.toString(largest)));
    }

    String input() {
        return name;
    }

    String output() {
        return name + ".labels";
    }

    String deadLetters() {
        return name + ".dlq";
    }

    /** Arguments of a job on these topics, which takes no checkpoint unless it is told to. */
    List<String> arguments(String... more) {
        return Stream.concat(
                        Stream.of(
                                "--kafka.bootstrap.servers=" + broker.bootstrapServers(),
                                "--input.topics=" + input(),
                                "--input.group-id=" + name,
                                "--output.topic=" + output(),
                                "--model.path=unused",
                                "--checkpoint.interval=3 min",
                                "--checkpoint.timeout=1 min",
                                "--delivery.longest-outage=5 min"),
                        Arrays.stream(more))
                .toList();
    }

    /** Sends frames numbered from..to-1, round the cameras. */
    void sendFrames(int from, int to) throws Exception {
        for (int number = from; number < to; number++) {
            send(event(number));
        }
        flush();
    }

    void send(ImageEvent event) {
        send(event.getCameraId().getBytes(UTF_8), EVENTS.encode(event));
    }

    void send(byte[] key, byte[] value) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(input(), key, value);
        record.headers().add("traceparent", "00-abc-def-01".getBytes(UTF_8));
        send(record);
    }

    void send(ProducerRecord<byte[], byte[]> record) {
        sent.add(producer.send(record));
    }

    /** Returns when the broker has everything. */
    void flush() throws Exception {
        producer.flush();
        for (Future<RecordMetadata> one : sent) {
            one.get();
        }
        sent.clear();
    }

    static ImageEvent event(int number) {
        int side = PixelModel.SIDE;
        byte[] pixels = new byte[side * side * 3];
        Arrays.fill(pixels, (byte) (number % PixelModel.CLASSES));
        return ImageEvent.newBuilder()
                .setEventId("event-" + number)
                .setCameraId("camera-" + number % CAMERAS)
                .setFrameNumber(number / CAMERAS)
                .setCapturedAt(Instant.parse("2026-01-01T00:00:00Z").plusMillis(number))
                .setEncoding(ImageEncoding.RGB)
                .setWidth(side)
                .setHeight(side)
                .setImage(ByteBuffer.wrap(pixels))
                .build();
    }

    static byte[] encoded(ImageEvent event) {
        return EVENTS.encode(event);
    }

    List<LabeledResult> committedResults() throws Exception {
        return results("read_committed");
    }

    /** Those of transactions that are open or aborted too. */
    List<LabeledResult> allResults() throws Exception {
        return results("read_uncommitted");
    }

    List<ConsumerRecord<byte[], byte[]>> deadLetterRecords() {
        return records(deadLetters(), "read_committed");
    }

    List<ConsumerRecord<byte[], byte[]>> inputRecords() {
        return records(input(), "read_committed");
    }

    List<ConsumerRecord<byte[], byte[]>> resultRecords() {
        return records(output(), "read_committed");
    }

    private List<LabeledResult> results(String isolation) throws Exception {
        List<LabeledResult> results = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records(output(), isolation)) {
            results.add(RESULTS.decode(record.value()));
        }
        return results;
    }

    /** Everything up to the end that a reader of this isolation sees. */
    private List<ConsumerRecord<byte[], byte[]>> records(String topic, String isolation) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers",
                                broker.bootstrapServers(),
                                "isolation.level",
                                isolation),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(topic).stream()
                            .map(info -> new TopicPartition(topic, info.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream()
                    .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    @Override
    public void close() {
        producer.close();
    }
}
