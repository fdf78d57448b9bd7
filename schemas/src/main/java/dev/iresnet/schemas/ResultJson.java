package dev.iresnet.schemas;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.iresnet.schemas.UnreadableRecordException.Kind;
import dev.iresnet.schemas.avro.LabeledResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.avro.Schema;

/**
 * Results as JSON, for consumers without Avro: one object in UTF-8, its members named and nested as
 * in the schema that Avro would write them by, times as {@link Micros} writes them. This is not
 * Avro's own JSON encoding, which wraps values and counts microseconds.
 *
 * <p>Thread-safe; keep one and share it.
 */
public final class ResultJson {
    private static final int TYPICAL_BYTES = 1024;

    private static final List<Schema> RELEASED = SchemaHistory.labeledResult();

    private final JsonMapper mapper = new JsonMapper();
    private final JsonReader reader = new JsonReader(RecordModel.of(LabeledResult.class));

    /** The result as JSON: of new members it has none unless it tells something by them. */
    public byte[] encode(LabeledResult result) {
        var bytes = new ByteArrayOutputStream(TYPICAL_BYTES);
        try (JsonGenerator out = mapper.createGenerator(bytes)) {
            new JsonWriter(out).write(result, RELEASED.get(ResultWriter.release(result)));
        } catch (IOException e) {
            throw new UncheckedIOException("an array in memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    /**
     * The result in {@code json}. Members that the schema does not know are passed over.
     *
     * @throws UnreadableRecordException of kind {@link Kind#CORRUPT}; the message names the member
     */
    public LabeledResult decode(byte[] json) throws UnreadableRecordException {
        try {
            return (LabeledResult)
                    reader.read(mapper.readTree(json), LabeledResult.getClassSchema());
        } catch (IOException | RuntimeException e) {
            throw new UnreadableRecordException(
                    Kind.CORRUPT, "not a LabeledResult in JSON: " + e.getMessage(), e);
        }
    }
}
