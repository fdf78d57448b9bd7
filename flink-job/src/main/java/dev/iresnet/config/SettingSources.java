package dev.iresnet.config;

import dev.iresnet.config.Settings.Setting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.YamlParserUtils;

/** Where settings come from: arguments, the environment, a file. */
final class SettingSources {
    private static final String DASHES = "--";

    private static final List<String> PREFIXES =
            Stream.concat(KafkaConfig.PREFIXES.stream(), Stream.of(RegistryConfig.TLS_PREFIX))
                    .toList();

    private SettingSources() {}

    /** Reads {@code --key value} and {@code --key=value}. */
    static List<Setting> arguments(List<String> arguments, ValidationErrors errors) {
        List<Setting> settings = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String argument = rest.next();
            if (!argument.startsWith(DASHES)) {
                errors.add("'" + argument + "' is no option; write --key value");
                continue;
            }
            Setting setting = argument(argument, rest, errors);
            if (!keys.add(setting.key())) {
                errors.add(setting.origin() + " is given more than once");
            }
            settings.add(setting);
        }
        return settings;
    }

    private static Setting argument(
            String argument, Iterator<String> rest, ValidationErrors errors) {
        int equals = argument.indexOf('=');
        String name = equals < 0 ? argument : argument.substring(0, equals);
        String origin = "argument " + name;
        String key = name.substring(DASHES.length());
        if (equals >= 0) {
            return new Setting(key, argument.substring(equals + 1), origin);
        }
        if (!rest.hasNext()) {
            errors.add(origin + " has no value");
            return new Setting(key, "", origin);
        }
        return new Setting(key, rest.next(), origin);
    }

    /**
     * Reads {@code IRESNET_BATCH_MAX_SIZE} and {@code IRESNET_KAFKA_SECURITY_PROTOCOL}. Unknown
     * names are ignored: Kubernetes sets {@code IRESNET_…_SERVICE_HOST} by itself wherever a
     * service is called iresnet.
     */
    static List<Setting> environment(Map<String, String> environment) {
        List<Setting> settings = new ArrayList<>();
        new TreeMap<>(environment)
                .forEach(
                        (name, value) -> {
                            String key = key(name);
                            if (!key.isEmpty()) {
                                settings.add(new Setting(key, value, "environment " + name));
                            }
                        });
        return settings;
    }

    private static String key(String name) {
        for (Option<?> option : JobOptions.ALL) {
            if (option.environmentName().equals(name)) {
                return option.key();
            }
        }
        for (String prefix : PREFIXES) {
            String start = Option.environmentName(prefix);
            if (name.startsWith(start) && name.length() > start.length()) {
                // Kafka's properties have dots and no underscores
                String property = name.substring(start.length()).toLowerCase(Locale.ROOT);
                return prefix + property.replace('_', '.');
            }
        }
        return "";
    }

    /** Reads a YAML file, nested or with dots in its keys. */
    static List<Setting> yaml(Path file, ValidationErrors errors) {
        List<Setting> settings = new ArrayList<>();
        if (!Files.isReadable(file)) {
            errors.add("--config " + file + " is not a file that can be read");
            return settings;
        }
        try {
            Map<String, Object> tree = YamlParserUtils.loadYamlFile(file.toFile());
            flatten("", tree, "file " + file, settings);
        } catch (Exception e) { // what the parser declares
            errors.add("--config " + file + " is not YAML: " + e.getMessage());
        }
        return settings;
    }

    private static void flatten(
            String prefix, Map<?, ?> tree, String origin, List<Setting> settings) {
        tree.forEach(
                (name, value) -> {
                    String key = prefix + name;
                    if (value instanceof Map<?, ?> branch) {
                        flatten(key + ".", branch, origin, settings);
                    } else {
                        settings.add(new Setting(key, text(value), origin));
                    }
                });
    }

    private static String text(Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).collect(Collectors.joining(","))
                : String.valueOf(value);
    }
}
