package dev.iresnet.config;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.flink.configuration.MemorySize;

/**
 * Properties of Kafka's clients as the user gave them. Secrets are in here by reference only, and
 * what may be one is not printed.
 *
 * @param common for all clients, {@code bootstrap.servers} among them
 * @param source for the source, over the common ones
 * @param sink for both sinks, over the common ones
 */
public record KafkaConfig(
        Map<String, String> common, Map<String, String> source, Map<String, String> sink) {
    private static final String COMMON = "kafka.";
    private static final String SOURCE = "source.kafka.";
    private static final String SINK = "sink.kafka.";

    /** Beginnings of keys whose rest is a property of Kafka's clients. */
    static final List<String> PREFIXES = List.of(COMMON, SOURCE, SINK);

    /** Properties that this job sets itself, and the option that each follows. */
    private static final Map<String, String> OWNED =
            Map.ofEntries(
                    Map.entry("group.id", "set input.group-id"),
                    Map.entry("auto.offset.reset", "set input.starting-offsets"),
                    Map.entry("transaction.timeout.ms", "set delivery.transaction-timeout"),
                    Map.entry("transactional.id", "set input.group-id"),
                    Map.entry(
                            "compression.type",
                            "set output.compression or dead-letter.compression"),
                    Map.entry("key.serializer", "the job sends bytes"),
                    Map.entry("value.serializer", "the job sends bytes"),
                    Map.entry("key.deserializer", "the job reads bytes"),
                    Map.entry("value.deserializer", "the job reads bytes"),
                    Map.entry("acks", "a result counts when all replicas have it"),
                    Map.entry("enable.idempotence", "retries must not repeat a result"),
                    Map.entry("max.request.size", "it follows the topics' max.message.bytes"));

    static final OptionGroup OPTIONS = new OptionGroup();

    private static final Option<String> BOOTSTRAP_SERVERS =
            OPTIONS.text(
                    "kafka.bootstrap.servers",
                    "",
                    "Required. Kafka's brokers, `host:port`, separated by commas.");

    /**
     * What is asked of Kafka before the job is submitted.
     *
     * @param enabled whether Kafka is asked
     * @param maxMessageBytes what the topics take, where it is not
     */
    public record Checks(boolean enabled, int maxMessageBytes) {
        static final OptionGroup OPTIONS = new OptionGroup();

        private static final Option<Boolean> ENABLED =
                OPTIONS.flag(
                        "kafka-checks.enabled",
                        "true",
                        """
                        Whether topics, sizes and timeouts are looked up in Kafka before the job is
                        submitted. Turn it off only if the submitting machine may not describe
                        topics and brokers.
                        """);

        private static final Option<MemorySize> MAX_MESSAGE_BYTES =
                OPTIONS.size(
                        "kafka-checks.max-message-bytes",
                        "64 kb..1 gb",
                        "1 mb",
                        """
                        Only if Kafka is not asked: the smallest `max.message.bytes` of the job's
                        topics. The dead letter of a frame that is larger than this less 12 kb
                        leaves the frame's value out.
                        """);

        static Checks from(Settings settings) {
            if (settings.has(MAX_MESSAGE_BYTES) && settings.get(ENABLED)) {
                settings.errors()
                        .add(
                                "kafka-checks.max-message-bytes counts only with"
                                        + " kafka-checks.enabled: false; otherwise the topics are"
                                        + " asked");
            }
            return new Checks(
                    settings.get(ENABLED),
                    Math.toIntExact(settings.get(MAX_MESSAGE_BYTES).getBytes()));
        }
    }

    public KafkaConfig {
        common = Map.copyOf(common);
        source = Map.copyOf(source);
        sink = Map.copyOf(sink);
    }

    static KafkaConfig from(Settings settings) {
        settings.required(BOOTSTRAP_SERVERS);
        return new KafkaConfig(
                properties(COMMON, settings),
                properties(SOURCE, settings),
                properties(SINK, settings));
    }

    /** Whether what the key names goes to Kafka's clients as it is. */
    static boolean isPassedThrough(String key) {
        return PREFIXES.stream()
                .anyMatch(prefix -> key.startsWith(prefix) && key.length() > prefix.length());
    }

    public String bootstrapServers() {
        return common.getOrDefault("bootstrap.servers", "");
    }

    public Properties sourceProperties() {
        return properties(common, source);
    }

    public Properties sinkProperties() {
        return properties(common, sink);
    }

    /** The key that a property of the source was given with, or would be. */
    public String sourceKey(String property) {
        return (source.containsKey(property) ? SOURCE : COMMON) + property;
    }

    /** The key that a property of the sinks was given with, or would be. */
    public String sinkKey(String property) {
        return (sink.containsKey(property) ? SINK : COMMON) + property;
    }

    /** Looks up on this machine what the properties refer to. */
    public void checkReferences(ValidationErrors errors) {
        common.forEach((k, v) -> SecretReferences.check(COMMON + k, v, errors));
        source.forEach((k, v) -> SecretReferences.check(SOURCE + k, v, errors));
        sink.forEach((k, v) -> SecretReferences.check(SINK + k, v, errors));
    }

    @Override
    public String toString() {
        return "KafkaConfig[common=%s, source=%s, sink=%s]"
                .formatted(masked(common), masked(source), masked(sink));
    }

    private static Map<String, String> properties(String prefix, Settings settings) {
        Map<String, String> properties = settings.startingWith(prefix);
        properties.forEach(
                (property, value) -> {
                    if (OWNED.containsKey(property)) {
                        settings.errors()
                                .add(
                                        "%s%s cannot be passed to Kafka: %s"
                                                .formatted(prefix, property, OWNED.get(property)));
                    }
                    if (Secrets.isClear(property, value)) {
                        settings.errors().add(Secrets.refusal(prefix + property));
                    }
                });
        return properties;
    }

    private static Properties properties(Map<String, String> base, Map<String, String> over) {
        Properties properties = new Properties();
        base.forEach(properties::setProperty);
        over.forEach(properties::setProperty);
        SecretReferences.addProviders(properties);
        return properties;
    }

    private static Map<String, String> masked(Map<String, String> properties) {
        Map<String, String> shown = new TreeMap<>();
        properties.forEach((key, value) -> shown.put(key, Secrets.masked(key, value)));
        return shown;
    }
}
