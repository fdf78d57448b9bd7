package dev.iresnet.schemas;

import dev.iresnet.schemas.avro.LabeledResult;

/**
 * Reads results in any format that the job writes by default: JSON begins with a brace, which
 * Avro's single-object encoding does not. Confluent's framing needs a {@link RegistryFormat}.
 *
 * <p>Thread-safe; keep one and share it.
 */
public final class ResultReader {
    private final SingleObjectFormat<LabeledResult> avro = SingleObjectFormat.ofLabeledResults();
    private final ResultJson json = new ResultJson();

    /**
     * The result in {@code value}.
     *
     * @param value not empty
     * @throws UnreadableRecordException if it is none
     */
    public LabeledResult decode(byte[] value) throws UnreadableRecordException {
        return value[0] == '{' ? json.decode(value) : avro.decode(value);
    }
}
