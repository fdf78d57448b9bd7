package dev.iresnet.chaos.results;

import dev.iresnet.chaos.load.Topics;
import dev.iresnet.schemas.SingleObjectFormat;
import dev.iresnet.schemas.UnreadableRecordException;
import dev.iresnet.schemas.avro.LabeledResult;
import dev.iresnet.schemas.avro.ResultStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Hands results on as they are seen, those from before it was opened left out. */
public final class ResultStream implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final SingleObjectFormat<LabeledResult> format = SingleObjectFormat.ofLabeledResults();
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Consumer<SeenResult> listener;
    private final Thread thread = new Thread(this::run, "results");
    private volatile boolean closed;
    private volatile String failure = "";

    private ResultStream(KafkaConsumer<byte[], byte[]> consumer, Consumer<SeenResult> listener) {
        this.consumer = consumer;
        this.listener = listener;
    }

    /**
     * Begins with what comes next.
     *
     * @param listener called on the stream's own thread
     */
    public static ResultStream open(String bootstrapServers, Consumer<SeenResult> listener) {
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
                consumer.partitionsFor(Topics.OUTPUT).stream()
                        .map(info -> new TopicPartition(info.topic(), info.partition()))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        ResultStream stream = new ResultStream(consumer, listener);
        stream.thread.setDaemon(true);
        stream.thread.start();
        return stream;
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
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    listener.accept(seen(record, Instant.now()));
                }
            }
        } catch (InterruptException e) {
            Thread.currentThread().interrupt();
        } catch (KafkaException | UnreadableRecordException e) {
            failure = "results cannot be read any more: " + e;
        }
    }

    private SeenResult seen(ConsumerRecord<byte[], byte[]> record, Instant seenAt)
            throws UnreadableRecordException {
        LabeledResult result = format.decode(record.value());
        return new SeenResult(
                result.getCameraId(),
                result.getStatus() != ResultStatus.STALE,
                result.getCapturedAt(),
                Instant.ofEpochMilli(record.timestamp()),
                seenAt);
    }
}
