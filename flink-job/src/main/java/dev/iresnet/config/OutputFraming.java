package dev.iresnet.config;

/** What stands before a result in Avro. */
public enum OutputFraming {
    /** Two bytes and the fingerprint of the schema: readers need no registry. */
    SINGLE_OBJECT("single-object"),
    /** A byte and the schema's id in the registry, as Confluent's serializers write it. */
    CONFLUENT("confluent");

    private final String text;

    OutputFraming(String text) {
        this.text = text;
    }

    /** As it is written in a configuration. */
    @Override
    public String toString() {
        return text;
    }
}
