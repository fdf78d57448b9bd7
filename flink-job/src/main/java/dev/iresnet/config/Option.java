package dev.iresnet.config;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/**
 * A row of the table of options.
 *
 * @param type key and type
 * @param allowed values, for people: {@code 1..1024}
 * @param test the same for machines
 * @param initial the default, as it would be written; empty for none
 * @param description for people, in Markdown, on one line
 */
record Option<T>(
        ConfigOption<T> type,
        String allowed,
        Predicate<T> test,
        String initial,
        String description) {
    static final String ENVIRONMENT_PREFIX = "IRESNET_";

    String key() {
        return type.key();
    }

    /** The option's name in the environment: {@code IRESNET_BATCH_MAX_SIZE}. */
    String environmentName() {
        return environmentName(key());
    }

    static String environmentName(String key) {
        return ENVIRONMENT_PREFIX
                + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /** The part of the key before its first dot. */
    String group() {
        return key().substring(0, key().indexOf('.'));
    }

    /** The value that a text stands for; empty if the option does not take it. */
    Optional<T> parse(String text) {
        try {
            return Optional.of(convert(text)).filter(test);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The default. */
    T initialValue() {
        return convert(initial);
    }

    private T convert(String text) {
        return convert(type, text);
    }

    /**
     * Reads a value as Flink reads its own.
     *
     * @throws IllegalArgumentException if it is not of that type
     */
    static <T> T convert(ConfigOption<T> type, String text) {
        return Configuration.fromMap(Map.of(type.key(), text.strip())).get(type);
    }

    /** How a choice is written in a configuration: {@code EXACTLY_ONCE} is {@code exactly-once}. */
    static String spelling(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
