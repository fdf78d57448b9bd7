package dev.iresnet.benchmark.baseline;

import com.fasterxml.jackson.databind.JsonNode;
import dev.iresnet.benchmark.worker.Worker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * What one would write by hand: consume a frame, produce a result, and commit both in a transaction
 * now and then. It looks at nothing. The results are some thousands of the job's own, over and
 * over, under the frame's key: both write the same, and it compresses as well.
 */
public final class PlainKafkaLoop implements Worker<JsonNode> {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int FETCH_PARTITION = 4 << 20;
    private static final int FETCH = 16 << 20;

    private final Task task;
    private final List<byte[]> results;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private volatile boolean closed;

    /**
     * How it runs.
     *
     * @param results file that {@link #write} made
     * @param commitMillis from one transaction to the next, the job's checkpoint interval
     */
    public record Task(
            Topics topics, String results, int commitMillis, String compression, Tuning tuning) {}

    /** Where from, where to. */
    public record Topics(String bootstrapServers, String input, String output) {}

    /**
     * What is tried, for the best to be the baseline.
     *
     * @param threads each with a consumer and a producer
     * @param pollRecords {@code max.poll.records}
     * @param lingerMillis {@code linger.ms}
     * @param batchBytes {@code batch.size}
     */
    public record Tuning(int threads, int pollRecords, int lingerMillis, int batchBytes) {

        /** Kafka's defaults, and larger bites. */
        public static List<Tuning> candidates(int cores) {
            List<Tuning> candidates = new ArrayList<>();
            for (int threads = 1; threads <= cores; threads++) {
                candidates.add(new Tuning(threads, 500, 5, 16 << 10));
                candidates.add(new Tuning(threads, 5000, 20, 128 << 10));
            }
            return candidates;
        }
    }

    PlainKafkaLoop(Task task) throws IOException {
        this.task = task;
        this.results = read(Path.of(task.results()));
        for (int i = 0; i < task.tuning().threads(); i++) {
            int number = i;
            Thread thread = new Thread(() -> run(number), "loop-" + i);
            threads.add(thread);
            thread.start();
        }
    }

    /** Keeps results for a loop to send. */
    public static void write(Path file, List<byte[]> results) throws IOException {
        Files.write(file, results.stream().map(Base64.getEncoder()::encodeToString).toList());
    }

    private static List<byte[]> read(Path file) throws IOException {
        return Files.readAllLines(file).stream().map(Base64.getDecoder()::decode).toList();
    }

    /** Nothing, or why it does not run any more. */
    @Override
    public Object answer(JsonNode order) throws Exception {
        Exception reason = failure.get();
        if (reason != null) {
            throw reason;
        }
        return "";
    }

    @Override
    public void close() {
        closed = true;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void run(int number) {
        Iterator<byte[]> endless =
                Stream.iterate(0, i -> (i + 1) % results.size()).map(results::get).iterator();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer();
                KafkaProducer<byte[], byte[]> producer = producer(number)) {
            consumer.assign(share(consumer, number));
            producer.initTransactions();
            while (!closed) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                if (!records.isEmpty()) {
                    transact(consumer, producer, records, endless);
                }
            }
        } catch (KafkaException e) {
            failure.compareAndSet(null, e);
        }
    }

    /** Its own for good: a partition that moves in mid-transaction would be passed on twice. */
    private List<TopicPartition> share(KafkaConsumer<byte[], byte[]> consumer, int number) {
        return consumer.partitionsFor(task.topics().input()).stream()
                .filter(info -> info.partition() % task.tuning().threads() == number)
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
    }

    /** Begins with these records, and takes more until it is time to commit. */
    private void transact(
            KafkaConsumer<byte[], byte[]> consumer,
            KafkaProducer<byte[], byte[]> producer,
            ConsumerRecords<byte[], byte[]> first,
            Iterator<byte[]> answers) {
        long end = System.nanoTime() + task.commitMillis() * 1_000_000L;
        producer.beginTransaction();
        pass(first, producer, answers);
        while (System.nanoTime() < end && !closed) {
            pass(consumer.poll(POLL), producer, answers);
        }
        Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
        for (TopicPartition partition : consumer.assignment()) {
            positions.put(partition, new OffsetAndMetadata(consumer.position(partition)));
        }
        producer.sendOffsetsToTransaction(positions, consumer.groupMetadata());
        producer.commitTransaction();
    }

    private void pass(
            ConsumerRecords<byte[], byte[]> records,
            KafkaProducer<byte[], byte[]> producer,
            Iterator<byte[]> answers) {
        for (ConsumerRecord<byte[], byte[]> record : records) {
            var unused =
                    producer.send(
                            new ProducerRecord<>(
                                    task.topics().output(),
                                    null,
                                    record.key(),
                                    answers.next(),
                                    record.headers()));
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", task.topics().bootstrapServers());
        settings.put("group.id", "plain");
        settings.put("auto.offset.reset", "earliest");
        settings.put("enable.auto.commit", false);
        settings.put("isolation.level", "read_committed");
        settings.put("max.partition.fetch.bytes", FETCH_PARTITION);
        settings.put("fetch.max.bytes", FETCH);
        settings.put("max.poll.records", task.tuning().pollRecords());
        return new KafkaConsumer<>(
                settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private KafkaProducer<byte[], byte[]> producer(int number) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", task.topics().bootstrapServers());
        settings.put("transactional.id", "plain-" + number);
        settings.put("acks", "all");
        settings.put("compression.type", task.compression());
        settings.put("linger.ms", task.tuning().lingerMillis());
        settings.put("batch.size", task.tuning().batchBytes());
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
