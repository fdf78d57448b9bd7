package dev.iresnet.config;

import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * Properties of Kafka's clients as the user gave them. Prints without secrets.
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

    public Properties commonProperties() {
        return properties(common, Map.of());
    }

    public Properties sourceProperties() {
        return properties(common, source);
    }

    public Properties sinkProperties() {
        return properties(common, sink);
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
        return properties;
    }

    private static Map<String, String> masked(Map<String, String> properties) {
        Map<String, String> shown = new TreeMap<>();
        properties.forEach((key, value) -> shown.put(key, Secrets.masked(key, value)));
        return shown;
    }
}
