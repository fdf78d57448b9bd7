package dev.iresnet.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;

/** What was set, each key once: arguments before environment before file. */
final class Settings {
    private static final String CONFIG = "config";

    private final Map<String, Setting> byKey;

    private Settings(Map<String, Setting> byKey) {
        this.byKey = byKey;
    }

    static Settings read(
            List<String> arguments, Map<String, String> environment, Mistakes mistakes) {
        List<Setting> given = new ArrayList<>(ArgumentSource.read(arguments, mistakes));
        Optional<Setting> file =
                given.stream().filter(setting -> setting.key().equals(CONFIG)).findFirst();
        given.removeIf(setting -> setting.key().equals(CONFIG));

        List<Setting> weakestFirst = new ArrayList<>();
        file.ifPresent(
                setting ->
                        weakestFirst.addAll(YamlSource.read(Path.of(setting.value()), mistakes)));
        weakestFirst.addAll(EnvironmentSource.read(environment));
        weakestFirst.addAll(given);

        Map<String, Setting> byKey = new LinkedHashMap<>();
        weakestFirst.forEach(setting -> byKey.put(setting.key(), setting));
        return new Settings(byKey);
    }

    /** Checks keys and values one by one. */
    void check(Mistakes mistakes) {
        for (Setting setting : byKey.values()) {
            Optional<Option<?>> option = option(setting.key());
            if (option.isPresent()) {
                check(option.get(), setting, mistakes);
            } else if (!KafkaPrefix.covers(setting.key())
                    && !setting.key().startsWith(RegistrySettings.TLS_PREFIX)) {
                mistakes.add(unknown(setting));
            }
        }
    }

    boolean has(Option<?> option) {
        return byKey.containsKey(option.key());
    }

    /** Whether it was given just so; it need not have been checked. */
    boolean is(Option<?> option, String value) {
        Setting setting = byKey.get(option.key());
        return setting != null && setting.value().strip().equalsIgnoreCase(value);
    }

    /** The value, or the default; checked before. */
    <T> T get(Option<T> option) {
        Setting setting = byKey.get(option.key());
        return setting == null ? option.option().defaultValue() : parse(option, setting.value());
    }

    /** Whatever begins with {@code prefix}, without it. */
    Map<String, String> startingWith(String prefix) {
        Map<String, String> found = new LinkedHashMap<>();
        byKey.forEach(
                (key, setting) -> {
                    if (key.startsWith(prefix)) {
                        found.put(key.substring(prefix.length()), setting.value().strip());
                    }
                });
        return found;
    }

    private static <T> void check(Option<T> option, Setting setting, Mistakes mistakes) {
        boolean right;
        try {
            right = option.test().test(parse(option, setting.value()));
        } catch (IllegalArgumentException e) {
            right = false;
        }
        if (!right) {
            mistakes.add(
                    "%s must be %s, got '%s' (%s)"
                            .formatted(
                                    option.key(),
                                    option.allowed(),
                                    setting.shown(),
                                    setting.origin()));
        }
    }

    private static <T> T parse(Option<T> option, String value) {
        return Configuration.fromMap(Map.of(option.key(), value.strip())).get(option.option());
    }

    private static Optional<Option<?>> option(String key) {
        return JobOptions.ALL.stream().filter(row -> row.key().equals(key)).findFirst();
    }

    private static String unknown(Setting setting) {
        List<String> keys = JobOptions.ALL.stream().<String>map(Option::key).toList();
        String hint =
                Nearest.to(setting.key(), keys)
                        .map(key -> "; did you mean " + key + "?")
                        .orElse("; --help lists all options");
        return "there is no option %s (%s)%s".formatted(setting.key(), setting.origin(), hint);
    }
}
