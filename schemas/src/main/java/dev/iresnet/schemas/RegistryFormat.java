package dev.iresnet.schemas;

import dev.iresnet.schemas.UnreadableRecordException.Kind;
import dev.iresnet.schemas.avro.ImageEvent;
import dev.iresnet.schemas.avro.LabeledResult;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.avro.Schema;
import org.apache.avro.io.DatumReader;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Reads the framing of Confluent's serializers: a byte 0, the id of the writer's schema in a schema
 * registry (4 bytes, big endian), and the record in Avro's binary encoding.
 *
 * <p>Thread-safe; keep one and share it. An id that is met for the first time is looked up on a
 * thread of its own; {@link #prepare} tells when that is done, for those who must not wait.
 *
 * @param <T> the record
 */
public final class RegistryFormat<T extends SpecificRecordBase> implements AutoCloseable {
    static final byte MAGIC = 0;

    private static final CompletableFuture<Void> NOTHING_TO_DO =
            CompletableFuture.completedFuture(null);

    /** Magic and id. */
    static final int HEADER_BYTES = 5;

    private final RecordReaders<T> records;
    private final SchemasById schemas;
    private final Lookups<DatumReader<T>> readers;

    private RegistryFormat(
            Schema reader, Class<T> type, SchemasById schemas, Duration giveUpAfter) {
        this.records = new RecordReaders<>(reader, RecordModel.of(type));
        this.schemas = schemas;
        this.readers =
                new Lookups<>(this::lookUp, giveUpAfter, new LookupTimer(), System::nanoTime);
    }

    /**
     * Reads events.
     *
     * @param giveUpAfter how long a schema is asked for; zero never gives up
     */
    public static RegistryFormat<ImageEvent> ofImageEvents(
            SchemasById schemas, Duration giveUpAfter) {
        return new RegistryFormat<>(
                ImageEvent.getClassSchema(), ImageEvent.class, schemas, giveUpAfter);
    }

    /**
     * Reads results.
     *
     * @param giveUpAfter how long a schema is asked for; zero never gives up
     */
    public static RegistryFormat<LabeledResult> ofLabeledResults(
            SchemasById schemas, Duration giveUpAfter) {
        return new RegistryFormat<>(
                LabeledResult.getClassSchema(), LabeledResult.class, schemas, giveUpAfter);
    }

    /** Whether the bytes begin as this framing does. */
    public static boolean begins(byte[] message) {
        return message.length > 0 && message[0] == MAGIC;
    }

    /**
     * Completes when {@link #decode} need not wait for the registry. Who has no more use for that
     * cancels it.
     *
     * @return completes exceptionally, with an {@link UnreadableRecordException} of kind {@link
     *     Kind#SCHEMA_UNREACHABLE}, if the registry has not answered for too long
     */
    public CompletableFuture<Void> prepare(byte[] message) {
        return hasHeader(message) ? readers.prepare(id(message)) : NOTHING_TO_DO;
    }

    /**
     * The record in {@code message}, for which it waits unless {@link #prepare} has. Its {@code
     * bytes} values are buffers on {@code message} itself, so nobody may change either while the
     * other is in use.
     *
     * @throws UnreadableRecordException if the bytes are not exactly one record of a schema that
     *     the registry has; also, with its interrupt flag set, to a thread that was interrupted
     *     while it waited for the registry
     */
    public T decode(byte[] message) throws UnreadableRecordException {
        if (!hasHeader(message)) {
            int shown = Math.min(message.length, HEADER_BYTES);
            throw new UnreadableRecordException(
                    Kind.NOT_SINGLE_OBJECT,
                    "a %s begins with 00 and 4 bytes of schema id, these %d bytes begin with '%s'"
                            .formatted(
                                    records.name(),
                                    message.length,
                                    HexFormat.of().formatHex(message, 0, shown)));
        }
        return records.read(readers.get(id(message)), message, HEADER_BYTES);
    }

    /** Messages that wait for their schema, after {@link #prepare}. */
    public int waiting() {
        return readers.waiting();
    }

    /** Whether the registry does not answer, as of the last time that it was asked. */
    public boolean isAway() {
        return readers.isAway();
    }

    /** Looks nothing up any more. */
    @Override
    public void close() {
        readers.close();
    }

    private static boolean hasHeader(byte[] message) {
        return message.length >= HEADER_BYTES && begins(message);
    }

    private static int id(byte[] message) {
        return ByteBuffer.wrap(message).getInt(1);
    }

    private Optional<DatumReader<T>> lookUp(int id)
            throws UnreadableRecordException, IOException, InterruptedException {
        Optional<Schema> writer = schemas.schema(id);
        try {
            return writer.map(records::of);
        } catch (IllegalArgumentException e) {
            throw new UnreadableRecordException(
                    Kind.UNKNOWN_SCHEMA,
                    "schema %d of the registry: %s".formatted(id, e.getMessage()),
                    e);
        }
    }
}
