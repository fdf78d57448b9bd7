package dev.iresnet.local.wall;

import dev.iresnet.local.topic.Arrivals;
import dev.iresnet.local.topic.Topics;
import dev.iresnet.proving.broker.TopicConsumer;
import dev.iresnet.proving.broker.TopicConsumer.Start;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what is answered from now on, committed answers only, and hangs the wall on the board when
 * it has changed. A fault of Kafka's ends it and nothing else: the run does not depend on it.
 */
final class Follower implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration BETWEEN_SNAPSHOTS = Duration.ofMillis(250);

    private final Consumer<byte[], byte[]> consumer;
    private final Topics topics;
    private final Board board;
    private final Clock clock;
    private final AnswerReader reader = new AnswerReader();
    private final Wall wall = new Wall();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final Arrivals arrivals;
    private final Thread thread;

    private Follower(Consumer<byte[], byte[]> consumer, Topics topics, Board board, Clock clock) {
        this.consumer = consumer;
        this.topics = topics;
        this.board = board;
        this.clock = clock;
        arrivals = Arrivals.from(consumer, topics.input());
        thread = new Thread(this::run, "wall");
        thread.setDaemon(true);
    }

    /**
     * Begins.
     *
     * @param kafka how to reach the broker
     */
    static Follower start(Map<String, Object> kafka, Topics topics, Board board, Clock clock) {
        Consumer<byte[], byte[]> consumer =
                TopicConsumer.open(
                        Consumers.properties(kafka, Map.of("isolation.level", "read_committed")),
                        topics.answers(),
                        Start.LATEST);
        try {
            Follower follower = new Follower(consumer, topics, board, clock);
            follower.thread.start();
            return follower;
        } catch (KafkaException e) {
            consumer.close();
            throw e;
        }
    }

    @Override
    public void close() {
        stopped.set(true);
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (consumer) {
            follow();
        } catch (WakeupException e) {
            LOG.debug("The wall is closed");
        } catch (KafkaException e) {
            LOG.warn("The wall cannot read the topics any more", e);
            board.enter(Board.Phase.FAILED);
        }
    }

    private void follow() {
        Instant due = Instant.MIN;
        boolean changed = false;
        while (!stopped.get()) {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            Instant now = clock.instant();
            records.forEach(record -> read(record, now));
            changed |= !records.isEmpty();
            if (due.isBefore(now)) {
                changed |= wall.arrived(arrivals.count());
                if (changed) {
                    board.hang(wall.snapshot());
                }
                changed = false;
                due = now.plus(BETWEEN_SNAPSHOTS);
            }
        }
    }

    private void read(ConsumerRecord<byte[], byte[]> record, Instant now) {
        if (record.topic().equals(topics.deadLetter())) {
            wall.answered(reader.deadLetter(record), now);
        } else {
            reader.result(record)
                    .ifPresentOrElse(answer -> wall.answered(answer, now), wall::unreadable);
        }
    }
}
