package dev.iresnet.local.screen;

import dev.iresnet.local.topic.Arrivals;
import dev.iresnet.local.topic.Topics;
import dev.iresnet.schemas.ResultReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Follows the topics for the screen. It reads results as they are sent, before their transaction is
 * committed, because the user wants to see them at once; the verifier decides about the run.
 */
public final class Watch implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(50);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Topics topics;
    private final Screen screen;
    private final ResultReader reader = new ResultReader();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final Arrivals arrivals;
    private final Thread thread;

    private Watch(KafkaConsumer<byte[], byte[]> consumer, Topics topics, Screen screen) {
        this.consumer = consumer;
        this.topics = topics;
        this.screen = screen;
        arrivals =
                Arrivals.from(
                        consumer, topics.input(), List.of(topics.output(), topics.deadLetter()));
        thread = new Thread(this::follow, "watch");
        thread.setDaemon(true);
    }

    /**
     * Will show what comes from now on, once it is started.
     *
     * @param properties how to reach the broker
     */
    public static Watch of(Map<String, Object> properties, Topics topics, Screen screen) {
        return new Watch(
                new KafkaConsumer<>(
                        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                topics,
                screen);
    }

    public void start() {
        thread.start();
    }

    @Override
    public void close() {
        stopped.set(true);
        if (thread.getState() == Thread.State.NEW) {
            consumer.close();
            return;
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow() {
        ProgressCounters counters = new ProgressCounters(System.nanoTime());
        long shown = System.nanoTime();
        try (consumer) {
            while (!stopped.get()) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    count(record, counters);
                }
                long now = System.nanoTime();
                if (now - shown >= Duration.ofMillis(screen.refreshMillis()).toNanos()) {
                    counters.arrived(arrivals.count());
                    screen.show(counters.progress(now));
                    shown = now;
                }
            }
            counters.arrived(arrivals.count());
            screen.show(counters.progress(System.nanoTime()));
            screen.endLine();
        } catch (InterruptException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void count(ConsumerRecord<byte[], byte[]> record, ProgressCounters counters) {
        if (record.topic().equals(topics.deadLetter())) {
            counters.deadLettered();
        } else {
            Sighting.read(record, reader).ifPresent(counters::labelled);
        }
    }
}
