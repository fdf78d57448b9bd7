package dev.iresnet.chaos.swaps;

import dev.iresnet.chaos.load.CommittedReader;
import dev.iresnet.chaos.load.Topics;
import dev.iresnet.schemas.SingleObjectFormat;
import dev.iresnet.schemas.UnreadableRecordException;
import dev.iresnet.schemas.avro.LabeledResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/** Keeps the results that are committed from its opening on. Thread-safe. */
final class LabelledStream implements AutoCloseable {
    private static final SingleObjectFormat<LabeledResult> FORMAT =
            SingleObjectFormat.ofLabeledResults();

    private final List<Labelled> seen = new ArrayList<>();
    private final CommittedReader reader;

    LabelledStream(String bootstrapServers) {
        reader =
                CommittedReader.open(
                        "labelled",
                        bootstrapServers,
                        List.of(Topics.OUTPUT),
                        CommittedReader.Start.NEXT,
                        this::add);
    }

    synchronized List<Labelled> seen() {
        return List.copyOf(seen);
    }

    /** What keeps it from going on; empty if nothing does. */
    String failure() {
        return reader.failure();
    }

    @Override
    public void close() {
        reader.close();
    }

    private synchronized void add(ConsumerRecords<byte[], byte[]> records)
            throws UnreadableRecordException {
        for (ConsumerRecord<byte[], byte[]> record : records) {
            seen.add(labelled(FORMAT.decode(record.value()), record.timestamp()));
        }
    }

    private static Labelled labelled(LabeledResult result, long sentMillis) {
        return new Labelled(
                result.getEventId(),
                result.getSource().getPartition(),
                new Labelled.Version(result.getModel().getVersion(), result.getModel().getDigest()),
                result.getLabels().stream()
                        .map(label -> new Labelled.Scored(label.getIndex(), label.getScore()))
                        .toList(),
                new Labelled.Times(
                        result.getCapturedAt(),
                        result.getInferredAt(),
                        Instant.ofEpochMilli(sentMillis)));
    }
}
