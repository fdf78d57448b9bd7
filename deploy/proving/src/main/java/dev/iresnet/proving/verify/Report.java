package dev.iresnet.proving.verify;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a verifier tells: JSON objects, one a line, each with a {@code type}: {@code ready} once,
 * {@code progress} now and then, {@code verdict} at the end.
 */
final class Report {
    private final JsonMapper mapper = new JsonMapper();
    private final PrintStream out;

    Report(PrintStream out) {
        this.out = out;
    }

    /** What is sent from now on will be seen. */
    void ready() {
        print(typed("ready"));
    }

    void progress(Ledger.Standing standing) {
        ObjectNode line = typed("progress");
        line.put("events", standing.expected());
        line.put("answered", standing.settled());
        line.put("results", standing.results());
        line.put("deadLetters", standing.deadLetters());
        print(line);
    }

    void verdict(Verdict verdict) {
        ObjectNode line = typed("verdict");
        line.setAll(mapper.<ObjectNode>valueToTree(verdict));
        print(line);
    }

    /** The verdict alone, for people as well. */
    void write(Verdict verdict, Path file) {
        try {
            Files.writeString(
                    file, mapper.valueToTree(verdict).toPrettyString() + System.lineSeparator());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the verdict to " + file, e);
        }
    }

    private ObjectNode typed(String type) {
        return mapper.createObjectNode().put("type", type);
    }

    private void print(ObjectNode line) {
        out.println(line);
        out.flush();
    }
}
