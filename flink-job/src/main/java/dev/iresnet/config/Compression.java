package dev.iresnet.config;

/** Kafka's {@code compression.type}. */
public enum Compression {
    NONE("none"),
    GZIP("gzip"),
    SNAPPY("snappy"),
    LZ4("lz4"),
    ZSTD("zstd");

    private final String text;

    Compression(String text) {
        this.text = text;
    }

    /** As it is written in a configuration, ours and Kafka's. */
    @Override
    public String toString() {
        return text;
    }
}
