package dev.iresnet.proving.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.schemas.Micros;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * One frame that Kafka has acknowledged.
 *
 * @param eventId what its answer will carry
 * @param file the picture, relative to the feed's directory, parts separated by '/'
 * @param cameraId the camera that showed it
 * @param frameNumber position in that camera's stream, from 0
 * @param capturedAt when it was due, to the microsecond
 */
public record ManifestEntry(
        String eventId, String file, String cameraId, long frameNumber, Instant capturedAt) {
    private static final JsonMapper MAPPER = new JsonMapper();

    /** As a manifest holds it: a JSON object on one line. */
    public String toJson() {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("eventId", eventId);
        json.put("file", file);
        json.put("cameraId", cameraId);
        json.put("frameNumber", frameNumber);
        json.put("capturedAt", Micros.format(capturedAt));
        return json.toString();
    }

    /**
     * Reads what {@link #toJson} wrote; members that it does not know are passed over.
     *
     * @throws IllegalArgumentException naming the line, if it is no entry
     */
    public static ManifestEntry fromJson(String line) {
        try {
            JsonNode json = MAPPER.readTree(line);
            return new ManifestEntry(
                    json.required("eventId").asText(),
                    json.required("file").asText(),
                    json.required("cameraId").asText(),
                    json.required("frameNumber").asLong(),
                    Micros.parse(json.required("capturedAt").asText()));
        } catch (JsonProcessingException | IllegalArgumentException | DateTimeException e) {
            throw new IllegalArgumentException(
                    "not an entry of a manifest: '%s' (%s)".formatted(line, e.getMessage()), e);
        }
    }
}
