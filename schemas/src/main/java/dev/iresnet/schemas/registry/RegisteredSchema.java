package dev.iresnet.schemas.registry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.iresnet.schemas.UnreadableRecordException;
import org.apache.avro.Schema;

/** A registry's answer as a schema. */
final class RegisteredSchema {
    private static final String AVRO = "AVRO";

    private RegisteredSchema() {}

    static Schema parse(int id, JsonNode answer) throws UnreadableRecordException {
        String type = answer.path("schemaType").asText(AVRO);
        if (!type.equals(AVRO)) {
            throw unusable(id, "it is one of %s, not of Avro".formatted(type));
        }
        if (!answer.path("references").isEmpty()) {
            throw unusable(id, "it refers to other schemas, which are not looked up");
        }
        try {
            return new Schema.Parser().parse(answer.get("schema").asText());
        } catch (RuntimeException | StackOverflowError e) {
            // Avro throws its own exceptions, and a NullPointerException for a misspelt type.
            throw unusable(id, "it is not an Avro schema: " + e.getMessage());
        }
    }

    static UnreadableRecordException unusable(int id, String why) {
        return UnreadableRecordException.unknownSchema(
                "schema id %d cannot be used: %s".formatted(id, why));
    }
}
