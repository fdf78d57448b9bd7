package dev.iresnet.chaos.load;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A consumer of results and dead letters that reads only what is committed, and notes when it saw
 * something. On a thread of its own.
 */
public final class Watch implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Thread thread = new Thread(this::run, "watch");
    private final List<Instant> sightings = new ArrayList<>();
    private final List<Long> sent = new ArrayList<>();
    private long answers;
    private volatile boolean closed;

    private Watch(KafkaConsumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    /** Begins with the oldest answer. */
    public static Watch start(String bootstrapServers) {
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers",
                                bootstrapServers,
                                "isolation.level",
                                "read_committed",
                                "enable.auto.commit",
                                false),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        List<TopicPartition> partitions =
                Stream.of(Topics.OUTPUT, Topics.DEAD_LETTERS)
                        .flatMap(topic -> consumer.partitionsFor(topic).stream())
                        .map(info -> new TopicPartition(info.topic(), info.partition()))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Watch watch = new Watch(consumer);
        watch.thread.setDaemon(true);
        watch.thread.start();
        return watch;
    }

    /** Records of both topics so far, repeats included. */
    public synchronized long answers() {
        return answers;
    }

    /** When answers came, in order. */
    public synchronized List<Instant> sightings() {
        return List.copyOf(sightings);
    }

    /** When the last answers came; the beginning of time if there were none. */
    public synchronized Instant lastSighting() {
        return sightings.isEmpty() ? Instant.MIN : sightings.get(sightings.size() - 1);
    }

    /** When the job sent its results: milliseconds since 1970, in no order. */
    public synchronized long[] sentMillis() {
        return sent.stream().mapToLong(Long::longValue).toArray();
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        consumer.close();
    }

    private void run() {
        try {
            while (!closed) {
                note(consumer.poll(POLL));
            }
        } catch (InterruptException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void note(ConsumerRecords<byte[], byte[]> records) {
        if (records.isEmpty()) {
            return;
        }
        sightings.add(Instant.now());
        answers += records.count();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (record.topic().equals(Topics.OUTPUT)) {
                sent.add(record.timestamp());
            }
        }
    }
}
