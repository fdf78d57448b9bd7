package dev.iresnet.chaos.harness;

import dev.iresnet.proving.broker.TopicConsumer;
import dev.iresnet.schemas.UnreadableRecordException;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/** Reads what is committed, on a thread of its own, and hands it on as it comes. */
public final class CommittedReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);

    /** Hears of records on the reader's thread; seldom of none. */
    @FunctionalInterface
    public interface Listener {
        void seen(ConsumerRecords<byte[], byte[]> records) throws UnreadableRecordException;
    }

    private final Consumer<byte[], byte[]> consumer;
    private final Listener listener;
    private final Thread thread;
    private volatile boolean closed;
    private volatile String failure = "";

    private CommittedReader(String name, Consumer<byte[], byte[]> consumer, Listener listener) {
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
            TopicConsumer.Start start,
            Listener listener) {
        CommittedReader reader =
                new CommittedReader(
                        name, TopicConsumer.committed(bootstrapServers, topics, start), listener);
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
            failure = "%s: reading has ended: %s".formatted(thread.getName(), e);
        }
    }
}
