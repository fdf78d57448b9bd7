package dev.iresnet.schemas;

import dev.iresnet.schemas.UnreadableRecordException.Kind;
import dev.iresnet.schemas.avro.ImageEvent;
import dev.iresnet.schemas.avro.LabeledResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.DatumReader;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Avro's single-object encoding: the bytes C3 01, the CRC-64-AVRO fingerprint of the writer's
 * schema (8 bytes, little endian), and the record in binary encoding (Avro 1.12 specification,
 * "Single-object encoding").
 *
 * <p>Thread-safe; keep one and share it. Writing keeps a buffer for each thread, reading keeps
 * nothing.
 *
 * @param <T> the record
 */
public final class SingleObjectFormat<T extends SpecificRecordBase> {
    /** Magic and fingerprint. */
    static final int HEADER_BYTES = 10;

    private final RecordReaders<T> records;
    private final Function<T, BinaryMessageEncoder<T>> encoder;
    private final Map<Long, DatumReader<T>> readers;

    /** What to do about an unknown schema. */
    private final String remedy;

    private SingleObjectFormat(
            RecordReaders<T> records,
            List<Schema> writers,
            Function<T, BinaryMessageEncoder<T>> encoder,
            String remedy) {
        this.records = records;
        this.encoder = encoder;
        this.readers = readers(writers);
        this.remedy = remedy;
    }

    /**
     * Events as they were written with the current schema, any released one, or one of the given.
     *
     * @param extraWriters schemas of newer producers; each must be readable as ours
     * @throws IllegalArgumentException if one of them is not
     */
    public static SingleObjectFormat<ImageEvent> ofImageEvents(List<Schema> extraWriters) {
        Schema current = ImageEvent.getClassSchema();
        SpecificData model = RecordModel.of(ImageEvent.class);
        BinaryMessageEncoder<ImageEvent> encoder = new BinaryMessageEncoder<>(model, current);
        List<Schema> writers = new ArrayList<>(SchemaHistory.imageEvent());
        writers.addAll(extraWriters);
        return new SingleObjectFormat<>(
                new RecordReaders<>(current, model),
                writers,
                any -> encoder,
                "give it in input.schemas-path, which takes extra writer schemas");
    }

    /**
     * Results as they were written with any released schema. Each is written with the first that
     * has all its fields: consumers that know only 0.1.0's read what it could say already.
     */
    public static SingleObjectFormat<LabeledResult> ofLabeledResults() {
        SpecificData model = RecordModel.of(LabeledResult.class);
        List<Schema> released = SchemaHistory.labeledResult();
        List<BinaryMessageEncoder<LabeledResult>> encoders = new ArrayList<>();
        for (Schema schema : released) {
            encoders.add(new BinaryMessageEncoder<>(model, schema));
        }
        return new SingleObjectFormat<>(
                new RecordReaders<>(LabeledResult.getClassSchema(), model),
                released,
                result -> encoders.get(ResultWriter.release(result)),
                "the job that wrote it is newer than this reader; use its version of the schemas");
    }

    /** Where two have the same fingerprint the first wins; they differ in nothing that counts. */
    private Map<Long, DatumReader<T>> readers(List<Schema> writers) {
        Map<Long, DatumReader<T>> byFingerprint = new HashMap<>();
        for (Schema writer : writers) {
            byFingerprint.putIfAbsent(
                    SchemaNormalization.parsingFingerprint64(writer), records.of(writer));
        }
        return Map.copyOf(byFingerprint);
    }

    /**
     * The record as bytes.
     *
     * @throws org.apache.avro.AvroRuntimeException if a required field is null
     */
    public byte[] encode(T record) {
        try {
            return encoder.apply(record).encode(record).array();
        } catch (IOException e) {
            throw new UncheckedIOException("an array in memory cannot fail", e);
        }
    }

    /**
     * The record in {@code message}. Its {@code bytes} values are buffers on {@code message}
     * itself, from position to limit, so nobody may change either while the other is in use.
     * Nothing is allocated for what is not there, whatever lengths the bytes claim.
     *
     * @throws UnreadableRecordException if the bytes are not exactly one record
     */
    public T decode(byte[] message) throws UnreadableRecordException {
        DatumReader<T> reader = readers.get(fingerprint(message));
        if (reader == null) {
            throw new UnreadableRecordException(
                    Kind.UNKNOWN_SCHEMA,
                    "the schema of this %s is not known here, its fingerprint is %016x: %s"
                            .formatted(records.name(), fingerprint(message), remedy));
        }
        return records.read(reader, message, HEADER_BYTES);
    }

    private long fingerprint(byte[] message) throws UnreadableRecordException {
        if (message.length < HEADER_BYTES
                || (message[0] & 0xff) != 0xc3
                || (message[1] & 0xff) != 0x01) {
            int shown = Math.min(message.length, HEADER_BYTES);
            throw new UnreadableRecordException(
                    Kind.NOT_SINGLE_OBJECT,
                    "a %s begins with c301 and 8 bytes of fingerprint, these %d bytes begin with '%s'"
                            .formatted(
                                    records.name(),
                                    message.length,
                                    HexFormat.of().formatHex(message, 0, shown)));
        }
        return ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN).getLong(2);
    }
}
