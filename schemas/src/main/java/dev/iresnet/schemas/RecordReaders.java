package dev.iresnet.schemas;

import dev.iresnet.schemas.UnreadableRecordException.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.Schema;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.FastReaderBuilder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Reads the bodies of records, whatever stands before them. Thread-safe.
 *
 * @param <T> the record
 */
final class RecordReaders<T extends SpecificRecordBase> {
    private final Schema reader;
    private final FastReaderBuilder builder;

    RecordReaders(Schema reader, SpecificData model) {
        this.reader = reader;
        this.builder = new FastReaderBuilder(model);
    }

    /** Of the record, for messages. */
    String name() {
        return reader.getName();
    }

    /**
     * Reads what a writer has written.
     *
     * @throws IllegalArgumentException if it cannot be read as ours, or contains itself, or is huge
     */
    DatumReader<T> of(Schema writer) {
        WriterSchemas.check(reader, writer);
        try {
            return builder.createDatumReader(writer, reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The record that begins at {@code from} and fills the rest of {@code message}. Its {@code
     * bytes} values are buffers on {@code message}.
     */
    T read(DatumReader<T> body, byte[] message, int from) throws UnreadableRecordException {
        SliceDecoder decoder = new SliceDecoder(message, from, message.length - from);
        T record = read(body, decoder);
        if (decoder.remaining() > 0) {
            throw new UnreadableRecordException(
                    Kind.CORRUPT,
                    "%d bytes follow the end of the %s".formatted(decoder.remaining(), name()));
        }
        return record;
    }

    private T read(DatumReader<T> body, SliceDecoder decoder) throws UnreadableRecordException {
        try {
            return body.read(null, decoder);
        } catch (IOException | RuntimeException e) {
            // Avro answers bad enum and union indexes with whatever runtime exception comes about.
            throw new UnreadableRecordException(
                    Kind.CORRUPT,
                    "the %s is corrupt, %d bytes before its end: %s"
                            .formatted(name(), decoder.remaining(), e.getMessage()),
                    e);
        }
    }
}
