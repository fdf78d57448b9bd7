package dev.iresnet.local.screen;

import dev.iresnet.local.topic.ClipLength;
import dev.iresnet.schemas.ResultReader;
import dev.iresnet.schemas.UnreadableRecordException;
import dev.iresnet.schemas.avro.Detection;
import dev.iresnet.schemas.avro.Label;
import dev.iresnet.schemas.avro.LabeledResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A result as the screen shows it.
 *
 * @param label the best one, of a detector the best object's; empty where the result has none
 * @param score 0..1
 * @param frames that it is of: 1, or those of a clip
 * @param latencyMillis from the frame's capture to the result's send; never below 0
 */
record Sighting(String cameraId, String label, double score, long frames, long latencyMillis) {
    /** Of one frame. */
    Sighting(String cameraId, String label, double score, long latencyMillis) {
        this(cameraId, label, score, 1, latencyMillis);
    }

    /**
     * Reads a result of either output format. Empty for any other record: the user's topic may hold
     * anything.
     */
    static Optional<Sighting> read(ConsumerRecord<byte[], byte[]> record, ResultReader results) {
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
        if (!result.getLabels().isEmpty()) {
            Label best = result.getLabels().get(0);
            return new Sighting(
                    result.getCameraId(),
                    best.getName(),
                    best.getScore(),
                    ClipLength.of(result),
                    latency);
        }
        if (!result.getDetections().isEmpty()) {
            Detection best = result.getDetections().get(0);
            return new Sighting(result.getCameraId(), best.getName(), best.getScore(), latency);
        }
        return new Sighting(result.getCameraId(), "", 0, latency);
    }
}
