package dev.iresnet.model.card;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Reads the fields of a JSON object and collects every mistake with its path, so that all can be
 * reported at once. A wrong field reads as some value of its range; callers must not use it once
 * there are mistakes.
 */
final class JsonFields {
    private final JsonNode node;
    private final String path;
    private final List<String> problems;
    private final Set<String> read = new HashSet<>();

    JsonFields(JsonNode node, String path, List<String> problems) {
        this.node = node;
        this.path = path;
        this.problems = problems;
        if (!node.isObject()) {
            problems.add((path.isEmpty() ? "the whole" : path) + " must be an object");
        }
    }

    List<String> problems() {
        return problems;
    }

    boolean has(String name) {
        return !field(name).isMissingNode();
    }

    int integer(String name, int least, int most) {
        JsonNode value = field(name);
        if (!value.canConvertToInt()
                || !value.isIntegralNumber()
                || value.asInt() < least
                || value.asInt() > most) {
            note(name, "must be a whole number " + least + ".." + most, value);
            return least;
        }
        return value.asInt();
    }

    String text(String name) {
        JsonNode value = field(name);
        if (!value.isTextual() || value.asText().isBlank()) {
            note(name, "must be a text that is not blank", value);
        }
        return value.asText();
    }

    <E extends Enum<E>> E constant(String name, E fallback) {
        JsonNode value = field(name);
        E[] constants = fallback.getDeclaringClass().getEnumConstants();
        for (E constant : constants) {
            if (value.isTextual() && constant.name().equals(value.asText())) {
                return constant;
            }
        }
        note(name, "must be one of " + Arrays.toString(constants), value);
        return fallback;
    }

    /** A number 0..1. */
    float share(String name) {
        JsonNode value = field(name);
        if (!value.isNumber() || !(value.floatValue() >= 0 && value.floatValue() <= 1)) {
            note(name, "must be a number 0..1", value);
            return 0;
        }
        return value.floatValue();
    }

    /** A finite number. */
    float number(String name) {
        JsonNode value = field(name);
        if (!value.isNumber() || !Float.isFinite(value.floatValue())) {
            note(name, "must be a finite number", value);
        }
        return value.floatValue();
    }

    /** One text or more, none of them blank. */
    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (JsonNode value : array(name)) {
            if (!value.isTextual() || value.asText().isBlank()) {
                note(name + "[" + texts.size() + "]", "must be a text that is not blank", value);
            }
            texts.add(value.asText());
        }
        return texts;
    }

    /** One text or more by name. */
    Map<String, String> textsByName(String name) {
        Map<String, String> texts = new TreeMap<>();
        JsonNode value = field(name);
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
            if (!entry.getValue().isTextual()) {
                note(name, "must be an object of texts", value);
            }
            texts.put(entry.getKey(), entry.getValue().asText());
        }
        if (texts.isEmpty()) {
            note(name, "must be an object of texts", value);
        }
        return texts;
    }

    /** Three finite numbers. */
    List<Float> channels(String name) {
        List<Float> numbers = new ArrayList<>();
        for (JsonNode value : array(name)) {
            if (!value.isNumber() || !Float.isFinite(value.floatValue())) {
                note(name + "[" + numbers.size() + "]", "must be a finite number", value);
            }
            numbers.add(value.floatValue());
        }
        if (numbers.size() != 3) {
            note(name, "must have three numbers, for R, G and B", field(name));
        }
        return numbers;
    }

    JsonFields object(String name) {
        return new JsonFields(field(name), at(name), problems);
    }

    Optional<JsonFields> optional(String name) {
        return field(name).isMissingNode() ? Optional.empty() : Optional.of(object(name));
    }

    List<JsonFields> objects(String name) {
        List<JsonFields> objects = new ArrayList<>();
        for (JsonNode value : array(name)) {
            objects.add(new JsonFields(value, at(name) + "[" + objects.size() + "]", problems));
        }
        return objects;
    }

    /**
     * A value whose constructor may refuse. Empty if it refuses, or if there were mistakes before.
     */
    <T> Optional<T> valid(String name, Supplier<T> constructor) {
        if (!problems.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(constructor.get());
        } catch (IllegalArgumentException e) {
            String place = at(name);
            problems.add(place.isEmpty() ? e.getMessage() : place + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    /** Call it when all fields were read: any other field is a mistake. */
    void refuseOthers() {
        node.fieldNames()
                .forEachRemaining(
                        name -> {
                            if (!read.contains(name)) {
                                problems.add(at(name) + " is unknown");
                            }
                        });
    }

    private Iterable<JsonNode> array(String name) {
        JsonNode value = field(name);
        if (!value.isArray() || value.isEmpty()) {
            note(name, "must be an array that is not empty", value);
        }
        return value;
    }

    private JsonNode field(String name) {
        read.add(name);
        return node.path(name);
    }

    private void note(String name, String rule, JsonNode value) {
        String text = value.toString();
        String got =
                value.isMissingNode()
                        ? "it is missing"
                        : "got " + (text.length() > 60 ? text.substring(0, 60) + "…" : text);
        problems.add(at(name) + " " + rule + ", " + got);
    }

    private String at(String name) {
        if (name.isEmpty()) {
            return path;
        }
        return path.isEmpty() ? name : path + "." + name;
    }
}
