package dev.iresnet.config;

import java.io.Serializable;

/**
 * Where results go.
 *
 * @param framing of results in Avro
 */
public record OutputConfig(
        String topic, OutputFormat format, OutputFraming framing, Compression compression)
        implements Serializable {

    /** Whether results name their schema by its id in the registry. */
    public boolean needsRegistry() {
        return format == OutputFormat.AVRO && framing == OutputFraming.CONFLUENT;
    }
}
