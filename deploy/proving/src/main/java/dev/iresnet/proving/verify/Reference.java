package dev.iresnet.proving.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.iresnet.schemas.avro.ResultStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The right answer to each file of a manifest, from who knows it: a network that was run apart from
 * the job, or the table of hostile records.
 */
public final class Reference {
    /** Of a frame that was shed, which is an answer of its own, and never a wrong one. */
    private static final String STALE = "STALE";

    /** Knows nothing. */
    static final Reference NONE = new Reference(Map.of());

    private static final JsonMapper JSON = new JsonMapper();

    private final Map<String, Line> lines;

    /**
     * One line.
     *
     * @param file as the manifest names it
     * @param label the best one, of a detector the best object's; null where there is none
     * @param code of the dead letter that it must become; null where it must not
     * @param firm whether no size of batch and no number of threads could move the label
     */
    public record Line(String file, @Nullable String label, @Nullable String code, boolean firm) {}

    Reference(Map<String, Line> lines) {
        this.lines = Map.copyOf(lines);
    }

    static Reference of(List<Line> lines) {
        Map<String, Line> byFile = new HashMap<>();
        lines.forEach(line -> byFile.put(line.file(), line));
        return new Reference(byFile);
    }

    /**
     * Reads a file with a JSON object a line.
     *
     * @throws IllegalArgumentException naming the file and the line, if one is none
     */
    static Reference read(Path file) throws IOException {
        Map<String, Line> lines = new HashMap<>();
        for (String text : Files.readAllLines(file)) {
            try {
                Line line = JSON.readValue(text, Line.class);
                lines.put(line.file(), line);
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException(
                        "not a line of a reference: '%s' in %s".formatted(text, file), e);
            }
        }
        return new Reference(lines);
    }

    /** Writes such a file. */
    public static void write(Path file, List<Line> lines) throws IOException {
        List<String> texts = new ArrayList<>();
        for (Line line : lines) {
            texts.add(JSON.writeValueAsString(line));
        }
        Files.write(file, texts);
    }

    /** Whether it has an answer for this file. */
    boolean knows(String file) {
        return lines.containsKey(file);
    }

    /** Whether this answer is one that cannot be; never for a file that is not known. */
    boolean contradicts(String file, Answer answer) {
        Line line = lines.get(file);
        if (line == null) {
            return false;
        }
        if (answer instanceof Answer.DeadLetter letter) {
            return !letter.code().equals(line.code()) && !letter.code().equals(STALE);
        }
        return answer instanceof Answer.Result result
                && result.status() != ResultStatus.STALE
                && (line.code() != null || (line.firm() && !isLabel(line, result)));
    }

    private static boolean isLabel(Line line, Answer.Result result) {
        return Objects.equals(result.label(), line.label());
    }
}
