package dev.iresnet.chaos.harness;

import dev.iresnet.proving.broker.TopicConsumer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/** Notes when results and dead letters were seen to be committed. Thread-safe. */
public final class Watch implements AutoCloseable {
    private final List<Instant> sightings = new ArrayList<>();
    private final List<Long> sent = new ArrayList<>();
    private final CommittedReader reader;
    private long answers;

    /** Begins with the oldest answer. */
    public Watch(String bootstrapServers) {
        reader =
                CommittedReader.open(
                        "watch",
                        bootstrapServers,
                        List.of(Topics.OUTPUT, Topics.DEAD_LETTERS),
                        TopicConsumer.Start.EARLIEST,
                        this::note);
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

    /** What keeps it from going on; empty if nothing does. */
    public String failure() {
        return reader.failure();
    }

    @Override
    public void close() {
        reader.close();
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
