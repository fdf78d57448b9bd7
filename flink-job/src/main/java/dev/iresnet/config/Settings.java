package dev.iresnet.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/**
 * What was set, each key once: arguments before environment before file. A value that its option
 * does not take is an error, and reads as the default, so that all errors are found in one pass.
 */
final class Settings {
    private static final String CONFIG = "config";

    private final ValidationErrors errors = new ValidationErrors();
    private final Map<String, Setting> byKey = new LinkedHashMap<>();

    /**
     * A value that was given.
     *
     * @param key of the option
     * @param value as it was written
     * @param origin for error messages: {@code argument --batch.max-size}
     */
    record Setting(String key, String value, String origin) {}

    /** Reads all sources, and checks keys and values one by one. */
    static Settings read(List<String> arguments, Map<String, String> environment) {
        Settings settings = new Settings();
        settings.readAll(arguments, environment);
        settings.byKey.values().forEach(settings::check);
        return settings;
    }

    private void readAll(List<String> arguments, Map<String, String> environment) {
        List<Setting> given = new ArrayList<>(SettingSources.arguments(arguments, errors));
        Optional<Setting> file =
                given.stream().filter(setting -> setting.key().equals(CONFIG)).findFirst();
        given.removeIf(setting -> setting.key().equals(CONFIG));

        List<Setting> lowestFirst = new ArrayList<>();
        file.ifPresent(
                setting ->
                        lowestFirst.addAll(SettingSources.yaml(Path.of(setting.value()), errors)));
        lowestFirst.addAll(SettingSources.environment(environment));
        lowestFirst.addAll(given);
        lowestFirst.forEach(setting -> byKey.put(setting.key(), setting));
    }

    private void check(Setting setting) {
        Optional<Option<?>> option =
                JobOptions.ALL.stream().filter(row -> row.key().equals(setting.key())).findFirst();
        if (option.isPresent()) {
            if (isWrong(option.get())) {
                errors.add(
                        "%s must be %s, got '%s' (%s)"
                                .formatted(
                                        setting.key(),
                                        option.get().allowed(),
                                        Secrets.masked(setting.key(), setting.value()),
                                        setting.origin()));
            }
        } else if (!KafkaConfig.isPassedThrough(setting.key())
                && !setting.key().startsWith(RegistryConfig.TLS_PREFIX)) {
            errors.add(unknown(setting));
        }
    }

    /** Also for what is wrong with several options together. The caller throws them at the end. */
    ValidationErrors errors() {
        return errors;
    }

    /** Whether it was given, rightly or wrongly. */
    boolean has(Option<?> option) {
        return byKey.containsKey(option.key());
    }

    /** Whether it was given and its option does not take it, which is reported already. */
    boolean isWrong(Option<?> option) {
        return has(option) && find(option).isEmpty();
    }

    /** The value; empty if none was given that the option takes. */
    <T> Optional<T> find(Option<T> option) {
        return Optional.ofNullable(byKey.get(option.key()))
                .flatMap(setting -> option.parse(setting.value()));
    }

    /** The value, or the default. */
    <T> T get(Option<T> option) {
        return find(option).orElseGet(option::initialValue);
    }

    /** The value; that it is missing is an error, and then it is empty. */
    String required(Option<String> option) {
        if (!has(option)) {
            errors.add(
                    "%s is required: set --%s, %s or %s in the --config file"
                            .formatted(
                                    option.key(),
                                    option.key(),
                                    option.environmentName(),
                                    option.key()));
        }
        return get(option);
    }

    /** A value with commas in it: its parts, each once, without blanks around them. */
    List<String> list(Option<String> option) {
        return Arrays.stream(get(option).split(",", -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .distinct()
                .toList();
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

    private static String unknown(Setting setting) {
        return "there is no option %s (%s)%s"
                .formatted(
                        setting.key(),
                        setting.origin(),
                        similar(setting.key())
                                .map(key -> "; did you mean " + key + "?")
                                .orElse("; --help lists all options"));
    }

    /** The key with the fewest edits, if they are no more than a third of the word. */
    private static Optional<String> similar(String word) {
        LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
        return JobOptions.ALL.stream()
                .<String>map(Option::key)
                .min(Comparator.comparing(key -> distance.apply(word, key)))
                .filter(key -> distance.apply(word, key) <= Math.max(2, word.length() / 3));
    }
}
