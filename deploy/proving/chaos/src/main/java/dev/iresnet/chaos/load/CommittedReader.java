package dev.iresnet.chaos.load;

import dev.iresnet.schemas.UnreadableRecordException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads what is committed, on a thread of its own, and hands it on as it comes. */
public final class CommittedReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    /** Where to begin. */
    public enum Start {
        OLDEST,
        NEXT
    }

    /** Hears of records on the reader's thread; seldom of none. */
    @FunctionalInterface
    public interface Listener {
        void seen(ConsumerRecords<byte[], byte[]> records) throws UnreadableRecordException;
    }

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Listener listener;
    private final Thread thread;
    private volatile boolean closed;
    private volatile String failure = "";

    private CommittedReader(
            String name, KafkaConsumer<byte[], byte[]> consumer, Listener listener) {
        this.consumer = consumer;
        this.listener = listener;
        this.thread = new Thread(this::run, name);
    }

    /**
     * Begins.
     *
     * @param name of the thread
     */
    public static CommittedReader open(
            String name,
            String bootstrapServers,
            List<String> topics,
            Start start,
            Listener listener) {
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
                topics.stream()
                        .flatMap(topic -> consumer.partitionsFor(topic).stream())
                        .map(info -> new TopicPartition(info.topic(), info.partition()))
                        .toList();
        consumer.assign(partitions);
        if (start == Start.OLDEST) {
            consumer.seekToBeginning(partitions);
        } else {
            consumer.seekToEnd(partitions);
            // asked now: what comes before the first poll is not to be passed over
            partitions.forEach(consumer::position);
        }
        CommittedReader reader = new CommittedReader(name, consumer, listener);
        reader.thread.setDaemon(true);
        reader.thread.start();
        return reader;
    }

    /** What keeps it from going on; empty if nothing does. */
    public String failure() {
        return failure;
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
                listener.seen(consumer.poll(POLL));
            }
        } catch (InterruptException e) {
            Thread.currentThread().interrupt();
        } catch (KafkaException | UnreadableRecordException e) {
            failure = "%s: nothing can be read any more: %s".formatted(thread.getName(), e);
        }
    }
}
