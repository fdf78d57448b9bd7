package dev.iresnet.chaos.harness;

import dev.iresnet.proving.broker.TopicConsumer;
import dev.iresnet.schemas.SingleObjectFormat;
import dev.iresnet.schemas.avro.LabeledResult;
import dev.iresnet.schemas.avro.ResultStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Hands results on as they are seen, those from before it was opened left out. */
public final class ResultStream implements AutoCloseable {

    private static final SingleObjectFormat<LabeledResult> FORMAT =
            SingleObjectFormat.ofLabeledResults();

    private final CommittedReader reader;

    private ResultStream(CommittedReader reader) {
        this.reader = reader;
    }

    /**
     * A result that was seen.
     *
     * @param sentAt when the job sent it
     * @param seenAt when a consumer had it, once it was committed
     */
    public record Seen(LabeledResult result, Instant sentAt, Instant seenAt) {

        public String cameraId() {
            return result.getCameraId();
        }

        /** Whether the frame was labelled; otherwise it was shed. */
        public boolean isLabelled() {
            return result.getStatus() != ResultStatus.STALE;
        }

        public Instant capturedAt() {
            return result.getCapturedAt();
        }

        /** From capture until the result was sent. */
        public Duration untilSent() {
            return Duration.between(capturedAt(), sentAt);
        }
    }

    /**
     * Begins with what comes next.
     *
     * @param listener called on the stream's own thread
     */
    public static ResultStream open(
            String bootstrapServers, String topic, Consumer<Seen> listener) {
        return new ResultStream(
                CommittedReader.open(
                        "results",
                        bootstrapServers,
                        List.of(topic),
                        TopicConsumer.Start.LATEST,
                        records -> {
                            for (ConsumerRecord<byte[], byte[]> record : records) {
                                listener.accept(
                                        new Seen(
                                                FORMAT.decode(record.value()),
                                                Instant.ofEpochMilli(record.timestamp()),
                                                Instant.now()));
                            }
                        }));
    }

    /** What keeps it from going on; empty if nothing does. */
    public String failure() {
        return reader.failure();
    }

    @Override
    public void close() {
        reader.close();
    }
}
