package dev.iresnet.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Reads {@code IRESNET_BATCH_MAX_SIZE} and {@code IRESNET_KAFKA_SECURITY_PROTOCOL}. Names that mean
 * nothing are left alone: Kubernetes sets {@code IRESNET_…_SERVICE_HOST} by itself wherever a
 * service is called iresnet.
 */
final class EnvironmentSource {
    static final String PREFIX = "IRESNET_";

    private static final List<String> PREFIXES =
            Stream.concat(KafkaPrefix.ALL.stream(), Stream.of(RegistrySettings.TLS_PREFIX))
                    .toList();

    private EnvironmentSource() {}

    static List<Setting> read(Map<String, String> environment) {
        List<Setting> settings = new ArrayList<>();
        new TreeMap<>(environment)
                .forEach(
                        (name, value) -> {
                            String key = keyOf(name);
                            if (!key.isEmpty()) {
                                settings.add(new Setting(key, value, "environment " + name));
                            }
                        });
        return settings;
    }

    private static String keyOf(String name) {
        for (Option<?> option : JobOptions.ALL) {
            if (option.environmentName().equals(name)) {
                return option.key();
            }
        }
        for (String prefix : PREFIXES) {
            String start =
                    PREFIX + prefix.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
            if (name.startsWith(start) && name.length() > start.length()) {
                // Kafka's properties have dots and no underscores
                String property = name.substring(start.length()).toLowerCase(Locale.ROOT);
                return prefix + property.replace('_', '.');
            }
        }
        return "";
    }
}
