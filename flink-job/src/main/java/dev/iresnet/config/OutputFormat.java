package dev.iresnet.config;

/** How a {@code LabeledResult} is written. */
public enum OutputFormat {
    /** Avro, single-object encoding. */
    AVRO("avro"),
    /** One JSON object. */
    JSON("json");

    private final String text;

    OutputFormat(String text) {
        this.text = text;
    }

    /** As it is written in a configuration. */
    @Override
    public String toString() {
        return text;
    }
}
