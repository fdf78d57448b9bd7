package dev.iresnet.schemas;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.AvroMissingFieldException;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificData;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of what {@link JsonWriter} wrote. Members that the schema does not know are passed
 * over, missing ones take the schema's default, and unknown enum symbols the enum's.
 */
final class JsonReader {
    private final SpecificData model;

    JsonReader(SpecificData model) {
        this.model = model;
    }

    /**
     * @throws RuntimeException if a member is missing or of the wrong type; the message names it
     */
    IndexedRecord read(JsonNode json, Schema schema) {
        require(json.isObject(), json, schema.getName(), "an object");
        IndexedRecord record = (IndexedRecord) model.newRecord(null, schema);
        for (Schema.Field field : schema.getFields()) {
            record.put(field.pos(), readField(json.get(field.name()), field));
        }
        return record;
    }

    private @Nullable Object readField(@Nullable JsonNode json, Schema.Field field) {
        if (json != null) {
            return readValue(json, field.schema(), field.name());
        }
        if (!field.hasDefaultValue()) {
            throw new AvroMissingFieldException(field.name() + " is missing", field);
        }
        return model.getDefaultValue(field);
    }

    private @Nullable Object readValue(JsonNode json, Schema schema, String name) {
        return switch (schema.getType()) {
            case RECORD -> read(json, schema);
            // ours are of null and one other
            case UNION -> json.isNull() ? null : readValue(json, schema.getTypes().get(1), name);
            case ARRAY -> readArray(json, schema.getElementType(), name);
            case ENUM -> model.createEnum(symbol(text(json, name), schema), schema);
            case STRING -> text(json, name);
            case LONG ->
                    schema.getLogicalType() == null
                            ? integer(json, name)
                            : Micros.parse(text(json, name));
            case INT -> Math.toIntExact(integer(json, name));
            case FLOAT -> number(json, name);
            default -> throw new IllegalStateException("no JSON form for " + schema.getType());
        };
    }

    private List<@Nullable Object> readArray(JsonNode json, Schema items, String name) {
        require(json.isArray(), json, name, "an array");
        List<@Nullable Object> list = new ArrayList<>(json.size());
        json.forEach(item -> list.add(readValue(item, items, name)));
        return list;
    }

    private static String symbol(String name, Schema schema) {
        return schema.hasEnumSymbol(name) ? name : schema.getEnumDefault();
    }

    private static String text(JsonNode json, String name) {
        require(json.isTextual(), json, name, "a string");
        return json.textValue();
    }

    private static long integer(JsonNode json, String name) {
        require(json.canConvertToExactIntegral() && json.canConvertToLong(), json, name, "a long");
        return json.longValue();
    }

    private static float number(JsonNode json, String name) {
        require(json.isNumber(), json, name, "a number");
        return json.floatValue();
    }

    private static void require(boolean right, JsonNode json, String name, String type) {
        if (!right) {
            throw new IllegalArgumentException(
                    "%s must be %s, got %s".formatted(name, type, json.getNodeType()));
        }
    }
}
