package dev.iresnet.schemas;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/** Writes records as plain JSON objects: a member for each field, under the schema's name. */
final class JsonWriter {
    private final JsonGenerator out;

    JsonWriter(JsonGenerator out) {
        this.out = out;
    }

    void write(IndexedRecord record) throws IOException {
        out.writeStartObject();
        for (Schema.Field field : record.getSchema().getFields()) {
            out.writeFieldName(field.name());
            writeValue(record.get(field.pos()));
        }
        out.writeEndObject();
    }

    private void writeValue(Object value) throws IOException {
        if (value instanceof IndexedRecord record) {
            write(record);
        } else if (value instanceof List<?> list) {
            writeArray(list);
        } else if (value instanceof Instant time) {
            out.writeString(Micros.format(time));
        } else if (value instanceof Float number) {
            out.writeNumber(number);
        } else if (value instanceof Number number) {
            out.writeNumber(number.longValue());
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
