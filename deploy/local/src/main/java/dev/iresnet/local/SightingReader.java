package dev.iresnet.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.iresnet.schemas.SingleObjectFormat;
import dev.iresnet.schemas.UnreadableRecordException;
import dev.iresnet.schemas.avro.Label;
import dev.iresnet.schemas.avro.LabeledResult;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads results of either output format. */
final class SightingReader {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final SingleObjectFormat<LabeledResult> avro = SingleObjectFormat.ofLabeledResults();

    /** Empty where the record is none of ours: the user's topic may hold anything. */
    Optional<Sighting> read(ConsumerRecord<byte[], byte[]> record) {
        byte[] value = record.value();
        if (value == null || value.length == 0) {
            return Optional.empty();
        }
        Instant sent = Instant.ofEpochMilli(record.timestamp());
        try {
            return Optional.of(
                    value[0] == '{'
                            ? fromJson(JSON.readTree(value), sent)
                            : fromAvro(avro.decode(value), sent));
        } catch (IOException | UnreadableRecordException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static Sighting fromAvro(LabeledResult result, Instant sent) {
        long latency = latency(result.getCapturedAt(), sent);
        if (result.getLabels().isEmpty()) {
            return new Sighting(result.getCameraId(), "", 0, latency);
        }
        Label best = result.getLabels().get(0);
        return new Sighting(result.getCameraId(), best.getName(), best.getScore(), latency);
    }

    private static Sighting fromJson(JsonNode result, Instant sent) {
        JsonNode best = result.path("labels").path(0);
        return new Sighting(
                result.path("cameraId").asText(),
                best.path("name").asText(),
                best.path("score").asDouble(),
                latency(Instant.parse(result.path("capturedAt").asText()), sent));
    }

    private static long latency(Instant captured, Instant sent) {
        return Math.max(0, Duration.between(captured, sent).toMillis());
    }
}
