package dev.iresnet.local;

import dev.iresnet.schemas.ResultReader;
import dev.iresnet.schemas.UnreadableRecordException;
import dev.iresnet.schemas.avro.Label;
import dev.iresnet.schemas.avro.LabeledResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads results of either output format. */
final class SightingReader {

    private final ResultReader results = new ResultReader();

    /** Empty where the record is none of ours: the user's topic may hold anything. */
    Optional<Sighting> read(ConsumerRecord<byte[], byte[]> record) {
        byte[] value = record.value();
        if (value == null || value.length == 0) {
            return Optional.empty();
        }
        try {
            LabeledResult result = results.decode(value);
            return Optional.of(sighting(result, Instant.ofEpochMilli(record.timestamp())));
        } catch (UnreadableRecordException e) {
            return Optional.empty();
        }
    }

    private static Sighting sighting(LabeledResult result, Instant sent) {
        long latency = Math.max(0, Duration.between(result.getCapturedAt(), sent).toMillis());
        if (result.getLabels().isEmpty()) {
            return new Sighting(result.getCameraId(), "", 0, latency);
        }
        Label best = result.getLabels().get(0);
        return new Sighting(result.getCameraId(), best.getName(), best.getScore(), latency);
    }
}
