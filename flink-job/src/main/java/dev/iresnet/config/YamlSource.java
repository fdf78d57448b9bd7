package dev.iresnet.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.configuration.YamlParserUtils;

/** Reads a YAML file, nested or with dots in its keys, by the parser that Flink brings along. */
final class YamlSource {

    private YamlSource() {}

    static List<Setting> read(Path file, Mistakes mistakes) {
        List<Setting> settings = new ArrayList<>();
        if (!Files.isReadable(file)) {
            mistakes.add("--config " + file + " is not a file that can be read");
            return settings;
        }
        try {
            Map<String, Object> tree = YamlParserUtils.loadYamlFile(file.toFile());
            flatten("", tree, "file " + file, settings);
        } catch (Exception e) { // what the parser declares
            mistakes.add("--config " + file + " is not YAML: " + e.getMessage());
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
