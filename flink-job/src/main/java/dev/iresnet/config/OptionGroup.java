package dev.iresnet.config;

import static org.apache.flink.configuration.ConfigOptions.key;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.MemorySize;

/**
 * Makes options and keeps them in the order in which they are declared, which is that of the
 * documentation. Each method takes the columns of the table: key, allowed values, default (empty
 * for none) and description, which may have line breaks.
 *
 * <p>Allowed values are written {@code 1..1024}, or {@code 0 s, or 1 s..1 d}.
 */
final class OptionGroup {
    private final List<Option<?>> options = new ArrayList<>();

    List<Option<?>> options() {
        return List.copyOf(options);
    }

    Option<String> text(String key, String initial, String description) {
        return text(key, "text", value -> !value.isBlank(), initial, description);
    }

    Option<String> text(
            String key,
            String allowed,
            Predicate<String> test,
            String initial,
            String description) {
        return add(key(key).stringType().noDefaultValue(), allowed, test, initial, description);
    }

    Option<Boolean> flag(String key, String initial, String description) {
        return add(
                key(key).booleanType().noDefaultValue(),
                "true, false",
                any -> true,
                initial,
                description);
    }

    /** Takes the values of an enum as their {@code toString} writes them. */
    <E extends Enum<E>> Option<E> choice(
            String key, Class<E> type, String initial, String description) {
        String allowed =
                Arrays.stream(type.getEnumConstants())
                        .map(Object::toString)
                        .collect(Collectors.joining(", "));
        return add(
                key(key).enumType(type).noDefaultValue(),
                allowed,
                any -> true,
                initial,
                description);
    }

    Option<Integer> integer(String key, String allowed, String initial, String description) {
        return range(key(key).intType().noDefaultValue(), allowed, initial, description);
    }

    Option<Long> longInteger(String key, String allowed, String initial, String description) {
        return range(key(key).longType().noDefaultValue(), allowed, initial, description);
    }

    Option<Double> real(String key, String allowed, String initial, String description) {
        return range(key(key).doubleType().noDefaultValue(), allowed, initial, description);
    }

    Option<MemorySize> size(String key, String allowed, String initial, String description) {
        return range(key(key).memoryType().noDefaultValue(), allowed, initial, description);
    }

    Option<Duration> duration(String key, String allowed, String initial, String description) {
        return range(key(key).durationType().noDefaultValue(), allowed, initial, description);
    }

    private <T extends Comparable<T>> Option<T> range(
            ConfigOption<T> type, String allowed, String initial, String description) {
        Predicate<T> test = any -> false;
        for (String part : allowed.split(", or ", -1)) {
            List<T> ends =
                    Arrays.stream(part.split("\\.\\.", -1))
                            // Flink knows "1 b" and "1 bytes"
                            .map(end -> Option.convert(type, end.replaceFirst("byte$", "b")))
                            .toList();
            T least = ends.get(0);
            T most = ends.get(ends.size() - 1);
            test = test.or(value -> value.compareTo(least) >= 0 && value.compareTo(most) <= 0);
        }
        return add(type, allowed, test, initial, description);
    }

    private <T> Option<T> add(
            ConfigOption<T> type,
            String allowed,
            Predicate<T> test,
            String initial,
            String description) {
        Option<T> option =
                new Option<>(type, allowed, test, initial, description.strip().replace('\n', ' '));
        options.add(option);
        return option;
    }
}
