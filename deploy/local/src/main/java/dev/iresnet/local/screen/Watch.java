package dev.iresnet.local.screen;

import dev.iresnet.local.topic.Arrivals;
import dev.iresnet.local.topic.Topics;
import dev.iresnet.proving.broker.TopicConsumer;
import dev.iresnet.proving.broker.TopicConsumer.Start;
import dev.iresnet.schemas.ResultReader;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Follows the topics for the screen. It reads results as they are sent, before their transaction is
 * committed, because the user wants to see them at once; the verifier decides about the run.
 */
public final class Watch implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(50);

    private final Consumer<byte[], byte[]> consumer;
    private final Topics topics;
    private final Screen screen;
    private final ResultReader reader = new ResultReader();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final Arrivals arrivals;
    private final Thread thread;

    private Watch(Consumer<byte[], byte[]> consumer, Topics topics, Screen screen) {
        this.consumer = consumer;
        this.topics = topics;
        this.screen = screen;
        arrivals = Arrivals.from(consumer, topics.input());
        thread = new Thread(this::follow, "watch");
        thread.setDaemon(true);
    }

    /**
     * Will show what comes from now on, once it is started.
     *
     * @param properties how to reach the broker
     */
    public static Watch of(Map<String, Object> properties, Topics topics, Screen screen) {
        Consumer<byte[], byte[]> consumer =
                TopicConsumer.open(properties, topics.answers(), Start.LATEST);
        try {
            return new Watch(consumer, topics, screen);
        } catch (KafkaException e) {
            consumer.close();
            throw e;
        }
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
