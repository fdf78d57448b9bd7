package dev.iresnet.proving.verify;

import dev.iresnet.proving.broker.BrokerException;
import dev.iresnet.proving.broker.TopicConsumer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/** The output and dead-letter topics, as a read-committed consumer sees them. */
final class AnswerTopics implements AutoCloseable {

    private final Consumer<byte[], byte[]> consumer;
    private final String deadLetters;
    private final InstantSource clock = InstantSource.system();
    private final AnswerReader reader = new AnswerReader();

    private AnswerTopics(Consumer<byte[], byte[]> consumer, String deadLetters) {
        this.consumer = consumer;
        this.deadLetters = deadLetters;
    }

    /**
     * Returns when the place to begin is fixed: what is sent from then on will be read.
     *
     * @param properties of the user's, {@code bootstrap.servers} among them; they win, save that
     *     only committed records are read
     * @throws BrokerException if a topic does not exist or the broker does not answer
     */
    static AnswerTopics open(
            Map<String, String> properties,
            String output,
            String deadLetters,
            TopicConsumer.Start start) {
        Map<String, Object> all = new HashMap<>(properties);
        all.put("isolation.level", "read_committed");
        return new AnswerTopics(
                TopicConsumer.open(all, List.of(output, deadLetters), start), deadLetters);
    }

    /** What has come, partition by partition in its order; empty if nothing did in that time. */
    List<Answer> poll(Duration atMost) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(atMost);
        Instant polledAt = clock.instant();
        List<Answer> answers = new ArrayList<>(records.count());
        for (ConsumerRecord<byte[], byte[]> record : records) {
            answers.add(
                    record.topic().equals(deadLetters)
                            ? reader.deadLetter(record)
                            : reader.result(record, polledAt));
        }
        return answers;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
