package dev.iresnet.config;

import java.io.Serializable;
import java.util.List;

/**
 * Where results go.
 *
 * @param framing of results in Avro
 */
public record OutputConfig(String topic, Format format, Framing framing, Compression compression)
        implements Serializable {
    static final OptionGroup OPTIONS = new OptionGroup();

    private static final Option<String> TOPIC =
            OPTIONS.text("output.topic", "", "Required. The topic of results.");

    private static final Option<Format> FORMAT =
            OPTIONS.choice(
                    "output.format",
                    Format.class,
                    "avro",
                    "`avro`: a LabeledResult in Avro. `json`: a LabeledResult as a JSON object.");

    private static final Option<Framing> FRAMING =
            OPTIONS.choice(
                    "output.framing",
                    Framing.class,
                    "",
                    """
                    What precedes a LabeledResult in Avro. By default `confluent` (the schema's id)
                    if `schema-registry.url` is set, else `single-object` (the schema's
                    fingerprint).
                    """);

    private static final Option<Compression> COMPRESSION =
            OPTIONS.choice(
                    "output.compression", Compression.class, "lz4", "Compression of results.");

    /** How a {@code LabeledResult} is written. */
    public enum Format {
        AVRO,
        /** One JSON object. */
        JSON;

        @Override
        public String toString() {
            return Option.spelling(this);
        }
    }

    /** What precedes a result in Avro. */
    public enum Framing {
        /** Two bytes and the fingerprint of the schema: readers need no registry. */
        SINGLE_OBJECT,
        /** A byte and the schema's id in the registry, as Confluent's serializers write it. */
        CONFLUENT;

        @Override
        public String toString() {
            return Option.spelling(this);
        }
    }

    /** Kafka's {@code compression.type}. */
    public enum Compression {
        NONE,
        GZIP,
        SNAPPY,
        LZ4,
        ZSTD;

        /** As Kafka writes it, too. */
        @Override
        public String toString() {
            return Option.spelling(this);
        }
    }

    /** Where records go that cannot be labelled. */
    public record DeadLetters(String topic, Compression compression) {
        static final OptionGroup OPTIONS = new OptionGroup();

        static final Option<String> TOPIC =
                OPTIONS.text(
                        "dead-letter.topic",
                        "",
                        """
                        Topic of the records that cannot be labelled. By default the input topic's
                        name and `.dlq`; required if there are several input topics.
                        """);

        private static final Option<Compression> COMPRESSION =
                OPTIONS.choice(
                        "dead-letter.compression",
                        Compression.class,
                        "none",
                        "Compression of dead letters. Pictures do not compress any further.");

        static DeadLetters from(Settings settings) {
            return new DeadLetters(topic(settings), settings.get(COMPRESSION));
        }

        static String topic(Settings settings) {
            List<String> input = settings.list(InputConfig.TOPICS);
            if (input.size() > 1 && !settings.has(TOPIC)) {
                settings.errors()
                        .add("dead-letter.topic is required if there are several input.topics");
            }
            return settings.find(TOPIC)
                    .orElseGet(() -> input.isEmpty() ? "" : input.get(0) + ".dlq");
        }
    }

    static OutputConfig from(Settings settings, RegistryConfig registry) {
        Framing framing =
                settings.find(FRAMING)
                        .orElse(registry.isThere() ? Framing.CONFLUENT : Framing.SINGLE_OBJECT);
        if (framing == Framing.CONFLUENT && !settings.has(RegistryConfig.URL)) {
            settings.errors()
                    .add(
                            "output.framing is confluent, which takes the id of a schema registry:"
                                    + " set schema-registry.url");
        }
        return new OutputConfig(
                settings.required(TOPIC), settings.get(FORMAT), framing, settings.get(COMPRESSION));
    }

    /** Whether results name their schema by its id in the registry. */
    public boolean needsRegistry() {
        return format == Format.AVRO && framing == Framing.CONFLUENT;
    }
}
