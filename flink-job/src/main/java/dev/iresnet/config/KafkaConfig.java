package dev.iresnet.config;

import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

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
    public KafkaConfig {
        common = Map.copyOf(common);
        source = Map.copyOf(source);
        sink = Map.copyOf(sink);
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
        return (source.containsKey(property) ? KafkaPrefix.SOURCE : KafkaPrefix.COMMON) + property;
    }

    /** The key that a property of the sinks was given with, or would be. */
    public String sinkKey(String property) {
        return (sink.containsKey(property) ? KafkaPrefix.SINK : KafkaPrefix.COMMON) + property;
    }

    /** Looks up on this machine what the properties refer to. */
    public void checkReferences(Mistakes mistakes) {
        common.forEach((k, v) -> SecretReferences.check(KafkaPrefix.COMMON + k, v, mistakes));
        source.forEach((k, v) -> SecretReferences.check(KafkaPrefix.SOURCE + k, v, mistakes));
        sink.forEach((k, v) -> SecretReferences.check(KafkaPrefix.SINK + k, v, mistakes));
    }

    @Override
    public String toString() {
        return "KafkaConfig[common=%s, source=%s, sink=%s]"
                .formatted(masked(common), masked(source), masked(sink));
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
