package dev.iresnet.schemas;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaPairCompatibility;
import org.apache.avro.SchemaNormalization;

/**
 * The schemas that records may have been written with, by fingerprint. Each is known to resolve to
 * the reader's schema, and none is recursive: a hostile record could nest a recursive field deep
 * enough to exhaust the stack, even where the reader skips it.
 */
final class WriterSchemas {

    private WriterSchemas() {}

    /**
     * Checks the schemas and indexes them by their CRC-64-AVRO fingerprint. Where two have the same
     * fingerprint the first wins; they differ in nothing that the bytes show.
     *
     * @throws IllegalArgumentException if the reader cannot read what one of the writers writes
     */
    static Map<Long, Schema> byFingerprint(Schema reader, List<Schema> writers) {
        Map<Long, Schema> schemas = new HashMap<>();
        for (Schema writer : writers) {
            requireReadable(reader, writer);
            requireFinite(writer, new HashSet<>());
            schemas.putIfAbsent(SchemaNormalization.parsingFingerprint64(writer), writer);
        }
        return Map.copyOf(schemas);
    }

    private static void requireReadable(Schema reader, Schema writer) {
        SchemaPairCompatibility pair =
                SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
        if (!pair.getResult().getIncompatibilities().isEmpty()) {
            List<String> reasons = new ArrayList<>();
            pair.getResult()
                    .getIncompatibilities()
                    .forEach(i -> reasons.add(i.getLocation() + ": " + i.getMessage()));
            throw new IllegalArgumentException(
                    "writer schema %s cannot be read as %s: %s"
                            .formatted(writer.getFullName(), reader.getFullName(), reasons));
        }
    }

    private static void requireFinite(Schema schema, Set<String> around) {
        switch (schema.getType()) {
            case ARRAY -> requireFinite(schema.getElementType(), around);
            case MAP -> requireFinite(schema.getValueType(), around);
            case UNION -> schema.getTypes().forEach(type -> requireFinite(type, around));
            case RECORD -> requireFiniteRecord(schema, around);
            default -> {}
        }
    }

    private static void requireFiniteRecord(Schema record, Set<String> around) {
        if (!around.add(record.getFullName())) {
            throw new IllegalArgumentException(
                    "writer schema: the record %s contains itself".formatted(record.getFullName()));
        }
        record.getFields().forEach(field -> requireFinite(field.schema(), around));
        around.remove(record.getFullName());
    }
}
