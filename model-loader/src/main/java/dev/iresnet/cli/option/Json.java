package dev.iresnet.cli.option;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.model.ModelDescription;

/** What {@code --json} prints. */
public final class Json {
    private static final ObjectMapper LINES = new ObjectMapper();
    private static final ObjectMapper INDENTED =
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private Json() {}

    public static ObjectNode object() {
        return LINES.createObjectNode();
    }

    public static JsonNode tree(Object value) {
        return LINES.valueToTree(value);
    }

    /** Adds a number; null for NaN and infinity, which JSON lacks. */
    public static void put(ObjectNode node, String name, double value) {
        if (Double.isFinite(value)) {
            node.put(name, value);
        } else {
            node.putNull(name);
        }
    }

    /** In one line, without its end. */
    public static String line(JsonNode node) {
        return write(LINES, node);
    }

    /** Over several lines, with the end of the last. */
    public static String indented(JsonNode node) {
        return write(INDENTED, node) + System.lineSeparator();
    }

    /** Adds name, version and digest as {@code model}. */
    public static void putModel(ObjectNode node, ModelDescription model) {
        node.putObject("model")
                .put("name", model.name())
                .put("version", model.version())
                .put("digest", model.digest());
    }

    private static String write(ObjectMapper mapper, JsonNode node) {
        try {
            return mapper.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values can be written", e);
        }
    }
}
