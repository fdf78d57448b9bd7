package dev.iresnet.chaos.results;

import dev.iresnet.chaos.load.CommittedReader;
import dev.iresnet.chaos.load.Topics;
import dev.iresnet.schemas.SingleObjectFormat;
import dev.iresnet.schemas.UnreadableRecordException;
import dev.iresnet.schemas.avro.LabeledResult;
import dev.iresnet.schemas.avro.ResultStatus;
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
     * Begins with what comes next.
     *
     * @param listener called on the stream's own thread
     */
    public static ResultStream open(String bootstrapServers, Consumer<SeenResult> listener) {
        return new ResultStream(
                CommittedReader.open(
                        "results",
                        bootstrapServers,
                        List.of(Topics.OUTPUT),
                        CommittedReader.Start.NEXT,
                        records -> {
                            for (ConsumerRecord<byte[], byte[]> record : records) {
                                listener.accept(seen(record, Instant.now()));
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

    private static SeenResult seen(ConsumerRecord<byte[], byte[]> record, Instant seenAt)
            throws UnreadableRecordException {
        LabeledResult result = FORMAT.decode(record.value());
        return new SeenResult(
                result.getCameraId(),
                result.getStatus() != ResultStatus.STALE,
                result.getCapturedAt(),
                Instant.ofEpochMilli(record.timestamp()),
                seenAt);
    }
}
