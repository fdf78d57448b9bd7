package dev.iresnet.benchmark.job;

import dev.iresnet.chaos.process.Waiting;
import dev.iresnet.proving.broker.TopicConsumer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What came out, read after it came out: while a rate is measured only the topic's ends are asked
 * for. Used by one thread.
 */
public final class Results implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);

    private final Consumer<byte[], byte[]> consumer;

    private Results(Consumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    /**
     * Begins with what comes next, committed or not. Where the topic's beginning has been dropped
     * meanwhile (a transaction's end may be all that was left to pass) it goes on with the first
     * that is there.
     */
    public static Results open(String bootstrapServers, String topic) {
        return new Results(
                TopicConsumer.open(
                        Map.of(
                                "bootstrap.servers",
                                bootstrapServers,
                                "auto.offset.reset",
                                "earliest"),
                        List.of(topic),
                        TopicConsumer.Start.LATEST));
    }

    /**
     * Waits for the next results, and reads them.
     *
     * @throws IOException if they do not all come in time
     */
    public List<ConsumerRecord<byte[], byte[]>> await(long count, Duration atMost)
            throws IOException {
        long before = read();
        // control records count too, so this may be a little early; reading waits for the rest
        Waiting.within(atMost, () -> written() - before >= count);
        List<ConsumerRecord<byte[], byte[]>> results = new ArrayList<>();
        long end = System.nanoTime() + atMost.toNanos();
        while (results.size() < count && System.nanoTime() < end) {
            consumer.poll(POLL).forEach(results::add);
        }
        if (results.size() != count) {
            throw new IOException(
                    "of %d results %d came within %d s"
                            .formatted(count, results.size(), atMost.toSeconds()));
        }
        return results;
    }

    /** When results were sent, milliseconds. */
    public static long[] sentMillis(List<ConsumerRecord<byte[], byte[]>> results) {
        return results.stream().mapToLong(ConsumerRecord::timestamp).toArray();
    }

    private long read() {
        return consumer.assignment().stream().mapToLong(consumer::position).sum();
    }

    private long written() {
        return consumer.endOffsets(consumer.assignment()).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
