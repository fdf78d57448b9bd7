package dev.iresnet.proving.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.iresnet.schemas.SingleObjectFormat;
import dev.iresnet.schemas.UnreadableRecordException;
import dev.iresnet.schemas.avro.ImageEvent;
import dev.iresnet.schemas.avro.Label;
import dev.iresnet.schemas.avro.LabeledResult;
import dev.iresnet.schemas.avro.ModelReference;
import dev.iresnet.schemas.avro.ResultStatus;
import dev.iresnet.schemas.avro.SourcePosition;
import dev.iresnet.schemas.avro.TimeSpent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Answers frames in transactions, with such faults as a test asks for. */
@SuppressWarnings("FutureReturnValueIgnored") // a commit fails if a send did
final class MadeUpJob implements AutoCloseable {
    private final SingleObjectFormat<ImageEvent> events =
            SingleObjectFormat.ofImageEvents(List.of());
    private final SingleObjectFormat<LabeledResult> results = SingleObjectFormat.ofLabeledResults();
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaProducer<byte[], byte[]> producer;
    private final UnaryOperator<String> topics;
    private final List<ConsumerRecord<byte[], byte[]>> frames = new ArrayList<>();
    private final Set<Integer> lost = new HashSet<>();
    private final Map<Integer, String> rejected = new HashMap<>();

    MadeUpJob(String bootstrapServers, UnaryOperator<String> topics) {
        this.topics = topics;
        this.consumer =
                new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers",
                                bootstrapServers,
                                "auto.offset.reset",
                                "earliest"),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        this.producer =
                new KafkaProducer<>(
                        Map.of(
                                "bootstrap.servers",
                                bootstrapServers,
                                "transactional.id",
                                UUID.randomUUID().toString()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
        producer.initTransactions();
        producer.beginTransaction();
    }

    void read(int count) {
        String in = topics.apply("in");
        consumer.assign(List.of(new TopicPartition(in, 0), new TopicPartition(in, 1)));
        while (frames.size() < count) {
            consumer.poll(Duration.ofMillis(100)).forEach(frames::add);
        }
        // Partition by partition: a camera's frames then lie close together, on every run.
        frames.sort(
                Comparator.comparing((ConsumerRecord<byte[], byte[]> frame) -> frame.partition())
                        .thenComparing(ConsumerRecord::offset));
    }

    void lose(int index) {
        lost.add(index);
    }

    void reject(int index, String code) {
        rejected.put(index, code);
    }

    /** Swaps a frame with the next of its camera. */
    void swap(int index) {
        for (int next = index + 1; next < frames.size(); next++) {
            if (java.util.Arrays.equals(frames.get(next).key(), frames.get(index).key())) {
                Collections.swap(frames, index, next);
                return;
            }
        }
        throw new AssertionError("no later frame of that camera");
    }

    void answerAndAbort() throws UnreadableRecordException {
        answerAll();
        producer.flush();
        producer.abortTransaction();
        producer.beginTransaction();
    }

    void answerAll() throws UnreadableRecordException {
        for (int i = 0; i < frames.size(); i++) {
            if (rejected.containsKey(i)) {
                sendAway(frames.get(i), rejected.get(i));
            } else if (!lost.contains(i)) {
                answer(i);
            }
        }
    }

    void answer(int index) throws UnreadableRecordException {
        ConsumerRecord<byte[], byte[]> frame = frames.get(index);
        producer.send(
                new ProducerRecord<>(
                        topics.apply("out"), frame.key(), results.encode(result(frame))));
    }

    private void sendAway(ConsumerRecord<byte[], byte[]> frame, String code) {
        ProducerRecord<byte[], byte[]> letter =
                new ProducerRecord<>(topics.apply("dlq"), frame.key(), frame.value());
        letter.headers()
                .add("__connect.errors.topic", frame.topic().getBytes(UTF_8))
                .add("__connect.errors.partition", text(frame.partition()))
                .add("__connect.errors.offset", text(frame.offset()))
                .add("iresnet.error.code", code.getBytes(UTF_8));
        producer.send(letter);
    }

    private static byte[] text(long number) {
        return Long.toString(number).getBytes(UTF_8);
    }

    void commit() {
        producer.commitTransaction();
    }

    private LabeledResult result(ConsumerRecord<byte[], byte[]> frame)
            throws UnreadableRecordException {
        boolean isEvent = frame.value()[0] == (byte) 0xc3;
        String place = "%s-%d-%d".formatted(frame.topic(), frame.partition(), frame.offset());
        return LabeledResult.newBuilder()
                .setEventId(isEvent ? events.decode(frame.value()).getEventId() : place)
                .setCameraId(new String(frame.key(), UTF_8))
                .setCapturedAt(Instant.ofEpochMilli(frame.timestamp()))
                .setInferredAt(Instant.now())
                .setModel(new ModelReference("made-up", 1L, "0"))
                .setStatus(ResultStatus.LABELED)
                .setLabels(List.of(new Label(0, "cat", 1f)))
                .setTimings(new TimeSpent(0L, 0L, 0L, 0L, 1))
                .setSource(new SourcePosition(frame.topic(), frame.partition(), frame.offset()))
                .build();
    }

    @Override
    public void close() {
        consumer.close();
        producer.close();
    }
}
