package dev.iresnet.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.Optional;

/** Tells a program that started this run where everything is, in one line of JSON. */
final class ReadyLine {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ReadyLine() {}

    /**
     * @param wallUrl of the camera wall; empty without one
     */
    static String of(String bootstrapServers, Topics topics, URI restUrl, Optional<URI> wallUrl) {
        ObjectNode line = JSON.createObjectNode();
        line.put("bootstrapServers", bootstrapServers);
        line.putObject("topics")
                .put("input", topics.input())
                .put("output", topics.output())
                .put("deadLetter", topics.deadLetter());
        line.put("restUrl", restUrl.toString());
        wallUrl.ifPresent(url -> line.put("wallUrl", url.toString()));
        try {
            return JSON.writeValueAsString(line);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("strings are always JSON", e);
        }
    }
}
