package dev.iresnet.schemas;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/** Writes records as plain JSON objects: a member for each field, under the schema's name. */
final class JsonWriter {
    private final JsonGenerator out;

    JsonWriter(JsonGenerator out) {
        this.out = out;
    }

    /**
     * Writes one.
     *
     * @param schema of the record, or one whose fields are the first of the record's
     */
    void write(IndexedRecord record, Schema schema) throws IOException {
        out.writeStartObject();
        for (Schema.Field field : schema.getFields()) {
            out.writeFieldName(field.name());
            writeValue(record.get(field.pos()));
        }
        out.writeEndObject();
    }

    private void writeValue(@Nullable Object value) throws IOException {
        if (value instanceof IndexedRecord record) {
            write(record, record.getSchema());
        } else if (value instanceof List<?> list) {
            writeArray(list);
        } else if (value instanceof Instant time) {
            out.writeString(Micros.format(time));
        } else if (value instanceof Float number) {
            out.writeNumber(number);
        } else if (value instanceof Number number) {
            out.writeNumber(number.longValue());
        } else if (value == null) {
            out.writeNull();
        } else {
            out.writeString(value.toString());
        }
    }

    private void writeArray(List<?> list) throws IOException {
        out.writeStartArray();
        for (Object item : list) {
            writeValue(item);
        }
        out.writeEndArray();
    }
}
