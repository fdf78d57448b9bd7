package dev.iresnet.schemas;

import dev.iresnet.schemas.UnreadableRecordException.Kind;
import dev.iresnet.schemas.avro.ImageEvent;
import dev.iresnet.schemas.avro.LabeledResult;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.apache.avro.Schema;
import org.apache.avro.io.DatumReader;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Reads the framing of Confluent's serializers: a byte 0, the id of the writer's schema in a schema
 * registry (4 bytes, big endian), and the record in Avro's binary encoding.
 *
 * <p>Thread-safe; keep one and share it. An id that is met for the first time is looked up by the
 * thread that meets it, and others that need the same id wait for that.
 *
 * @param <T> the record
 */
public final class RegistryFormat<T extends SpecificRecordBase> {
    static final byte MAGIC = 0;

    /** Magic and id. */
    static final int HEADER_BYTES = 5;

    private final RecordReaders<T> records;
    private final SchemasById schemas;
    private final Lookups<DatumReader<T>> readers;

    private RegistryFormat(Schema reader, Class<T> type, SchemasById schemas) {
        this.records = new RecordReaders<>(reader, RecordModel.of(type));
        this.schemas = schemas;
        this.readers = new Lookups<>(this::lookUp, System::nanoTime);
    }

    public static RegistryFormat<ImageEvent> ofImageEvents(SchemasById schemas) {
        return new RegistryFormat<>(ImageEvent.getClassSchema(), ImageEvent.class, schemas);
    }

    public static RegistryFormat<LabeledResult> ofLabeledResults(SchemasById schemas) {
        return new RegistryFormat<>(LabeledResult.getClassSchema(), LabeledResult.class, schemas);
    }

    /** Whether the bytes begin as this framing does. */
    public static boolean begins(byte[] message) {
        return message.length > 0 && message[0] == MAGIC;
    }

    /**
     * The record in {@code message}. Its {@code bytes} values are buffers on {@code message}
     * itself, so nobody may change either while the other is in use.
     *
     * @throws UnreadableRecordException if the bytes are not exactly one record of a schema that
     *     the registry has; also, with its interrupt flag set, to a thread that was interrupted
     *     while it waited for the registry
     */
    public T decode(byte[] message) throws UnreadableRecordException {
        if (message.length < HEADER_BYTES || !begins(message)) {
            int shown = Math.min(message.length, HEADER_BYTES);
            throw new UnreadableRecordException(
                    Kind.NOT_SINGLE_OBJECT,
                    "a %s begins with 00 and 4 bytes of schema id, these %d bytes begin with '%s'"
                            .formatted(
                                    records.name(),
                                    message.length,
                                    HexFormat.of().formatHex(message, 0, shown)));
        }
        int id = ByteBuffer.wrap(message).getInt(1);
        return records.read(readers.get(id), message, HEADER_BYTES);
    }

    private DatumReader<T> lookUp(int id) throws UnreadableRecordException, InterruptedException {
        Schema writer = schemas.schema(id);
        try {
            return records.of(writer);
        } catch (IllegalArgumentException e) {
            throw new UnreadableRecordException(
                    Kind.UNKNOWN_SCHEMA,
                    "schema %d of the registry: %s".formatted(id, e.getMessage()),
                    e);
        }
    }
}
