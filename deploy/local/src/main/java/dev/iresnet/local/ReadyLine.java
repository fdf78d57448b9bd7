package dev.iresnet.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;

/** Tells a program that started this run where everything is, in one line of JSON. */
final class ReadyLine {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ReadyLine() {}

    static String of(String bootstrapServers, Topics topics, URI restUrl) {
        ObjectNode line = JSON.createObjectNode();
        line.put("bootstrapServers", bootstrapServers);
        line.putObject("topics")
                .put("input", topics.input())
                .put("output", topics.output())
                .put("deadLetter", topics.deadLetter());
        line.put("restUrl", restUrl.toString());
        try {
            return JSON.writeValueAsString(line);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("strings are always JSON", e);
        }
    }
}
