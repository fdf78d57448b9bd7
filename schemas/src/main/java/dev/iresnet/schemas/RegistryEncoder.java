package dev.iresnet.schemas;

import dev.iresnet.schemas.avro.LabeledResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.avro.message.RawMessageEncoder;
import org.apache.avro.specific.SpecificData;

/**
 * Writes results as {@link RegistryFormat} reads them. Thread-safe; keeps a buffer for each thread.
 */
public final class RegistryEncoder {
    /** The registry has given no id to the schema that a result needs. */
    public static final class UnregisteredException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnregisteredException(String message) {
            super(message);
        }
    }

    private static final int TYPICAL_BYTES = 1024;

    private final List<RawMessageEncoder<LabeledResult>> bodies;
    private final List<Integer> ids;

    /**
     * Makes one.
     *
     * @param ids that the registry has given to the schemas of {@link SchemaHistory#labeledResult},
     *     in their order; the last ones may be left out
     */
    public RegistryEncoder(List<Integer> ids) {
        SpecificData model = RecordModel.of(LabeledResult.class);
        this.ids = List.copyOf(ids);
        this.bodies =
                SchemaHistory.labeledResult().stream()
                        .map(schema -> new RawMessageEncoder<LabeledResult>(model, schema))
                        .toList();
    }

    /**
     * The record as bytes.
     *
     * @throws org.apache.avro.AvroRuntimeException if a required field is null
     * @throws UnregisteredException if the id of the schema that the result needs was left out
     */
    public byte[] encode(LabeledResult result) {
        int release = ResultWriter.release(result);
        if (release >= ids.size()) {
            throw new UnregisteredException(
                    "the result needs version %d of its schema, whose id is not known"
                            .formatted(release + 1));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(TYPICAL_BYTES);
        bytes.write(RegistryFormat.MAGIC);
        bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(ids.get(release)).array());
        try {
            bodies.get(release).encode(result, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("an array in memory cannot fail", e);
        }
        return bytes.toByteArray();
    }
}
