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

/**
 * What a schema that records were written with must be: one that resolves to the reader's, and
 * small. A hostile record could nest a recursive field deep enough to exhaust the stack, even where
 * the reader skips it; and a schema of a few lines, whose records hold each other twice, can ask
 * for more fields than a reader could ever pass, without a byte of data.
 */
final class WriterSchemas {
    /** Ours unfold to some fifty. */
    private static final int MOST_PARTS = 1000;

    private WriterSchemas() {}

    /**
     * Checks a schema.
     *
     * @throws IllegalArgumentException if the reader cannot read what the writer writes
     */
    static void check(Schema reader, Schema writer) {
        if (parts(writer, new HashSet<>(), new HashMap<>()) > MOST_PARTS) {
            throw new IllegalArgumentException(
                    "writer schema %s unfolds to more than %d parts"
                            .formatted(writer.getFullName(), MOST_PARTS));
        }
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

    /**
     * Everything that a record of the schema may make a reader step over, counted as often as it
     * comes up; capped, so that it cannot overflow.
     *
     * @param around records that the schema is in
     * @param counted records whose parts are known
     */
    private static int parts(Schema schema, Set<String> around, Map<String, Integer> counted) {
        int inside =
                switch (schema.getType()) {
                    case ARRAY -> parts(schema.getElementType(), around, counted);
                    case MAP -> parts(schema.getValueType(), around, counted);
                    case UNION -> sum(schema.getTypes(), around, counted);
                    case RECORD -> partsOfRecord(schema, around, counted);
                    default -> 0;
                };
        return Math.min(1 + inside, MOST_PARTS + 1);
    }

    private static int partsOfRecord(
            Schema record, Set<String> around, Map<String, Integer> counted) {
        Integer known = counted.get(record.getFullName());
        if (known != null) {
            return known;
        }
        if (!around.add(record.getFullName())) {
            throw new IllegalArgumentException(
                    "writer schema: the record %s contains itself".formatted(record.getFullName()));
        }
        int parts =
                sum(
                        record.getFields().stream().map(Schema.Field::schema).toList(),
                        around,
                        counted);
        around.remove(record.getFullName());
        counted.put(record.getFullName(), parts);
        return parts;
    }

    private static int sum(List<Schema> schemas, Set<String> around, Map<String, Integer> counted) {
        int sum = 0;
        for (Schema schema : schemas) {
            sum = Math.min(sum + parts(schema, around, counted), MOST_PARTS + 1);
        }
        return sum;
    }
}
