package dev.iresnet.schemas;

import dev.iresnet.schemas.avro.LabeledResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.apache.avro.message.RawMessageEncoder;

/**
 * Writes results as {@link RegistryFormat} reads them. Thread-safe; keeps a buffer for each thread.
 */
public final class RegistryEncoder {
    private static final int TYPICAL_BYTES = 1024;

    private final RawMessageEncoder<LabeledResult> body =
            new RawMessageEncoder<>(
                    RecordModel.of(LabeledResult.class), LabeledResult.getClassSchema());
    private final byte[] header;

    /**
     * Makes one.
     *
     * @param id that the registry has given to the current schema
     */
    public RegistryEncoder(int id) {
        this.header =
                ByteBuffer.allocate(RegistryFormat.HEADER_BYTES)
                        .put(RegistryFormat.MAGIC)
                        .putInt(id)
                        .array();
    }

    /**
     * The record as bytes.
     *
     * @throws org.apache.avro.AvroRuntimeException if a required field is null
     */
    public byte[] encode(LabeledResult result) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(TYPICAL_BYTES);
        bytes.writeBytes(header);
        try {
            body.encode(result, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("an array in memory cannot fail", e);
        }
        return bytes.toByteArray();
    }
}
