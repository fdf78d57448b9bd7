package dev.iresnet.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.file.DirectoryTree;
import dev.iresnet.training.TrainingGraph.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Where training stands, in a directory: {@code last} holds all that it needs to go on to the same
 * bits, {@code best} the weights that did best on the validation pictures. Each is written aside
 * and moved into place, so that a half-written one is never read.
 */
final class TrainingState {
    private static final String STATE = "state.json";
    private static final String LAST = "last";
    private static final String BEFORE = "last.before";

    private final Path directory;
    private final ObjectMapper mapper = new ObjectMapper();

    TrainingState(Path directory) {
        this.directory = directory;
    }

    /**
     * Where training stands.
     *
     * @param step that comes next, from 0
     * @param accuracy best so far; -1 if none was measured
     */
    record Position(long step, double accuracy) {}

    boolean exists() {
        return place().isPresent();
    }

    private Optional<Path> place() {
        return Stream.of(LAST, BEFORE)
                .map(directory::resolve)
                .filter(path -> Files.exists(path.resolve(STATE)))
                .findFirst();
    }

    void save(TrainingGraph graph, Position position, Map<String, String> options)
            throws IOException {
        Path aside = fresh("last.writing");
        for (Part part : graph.parts()) {
            WeightFile.write(aside.resolve(file(part)), graph.weights(part), graph.get(part));
        }
        ObjectNode state = mapper.createObjectNode();
        state.put("step", position.step()).put("accuracy", position.accuracy());
        state.set("options", mapper.valueToTree(options));
        mapper.writerWithDefaultPrettyPrinter().writeValue(aside.resolve(STATE).toFile(), state);
        Path last = directory.resolve(LAST);
        Path before = directory.resolve(BEFORE);
        if (Files.exists(last)) {
            delete(before);
            Files.move(last, before, StandardCopyOption.ATOMIC_MOVE);
        }
        Files.move(aside, last, StandardCopyOption.ATOMIC_MOVE);
        delete(before);
    }

    /**
     * Goes back to what was saved.
     *
     * @throws TrainingException if nothing was, or under other options
     */
    Position restore(TrainingGraph graph, Map<String, String> options) throws IOException {
        Path from =
                place().orElseThrow(
                                () ->
                                        new TrainingException(
                                                "There is no training to resume in " + directory));
        JsonNode state = mapper.readTree(from.resolve(STATE).toFile());
        requireEqual(state.get("options"), options);
        for (Part part : graph.parts()) {
            Map<String, float[]> values = WeightFile.read(from.resolve(file(part)));
            graph.set(part, key -> Objects.requireNonNull(values.get(key), key));
        }
        return new Position(state.get("step").asLong(), state.get("accuracy").asDouble());
    }

    private void requireEqual(JsonNode saved, Map<String, String> options) {
        List<String> differences = new ArrayList<>();
        new TreeMap<>(options)
                .forEach(
                        (name, value) -> {
                            String then = saved.path(name).asText();
                            if (!then.equals(value)) {
                                differences.add("%s was %s and is %s".formatted(name, then, value));
                            }
                        });
        if (!differences.isEmpty()) {
            throw new TrainingException(
                    "Training can only be resumed with the options that it began with: "
                            + String.join("; ", differences));
        }
    }

    void saveBest(TrainingGraph graph) throws IOException {
        Files.createDirectories(directory.resolve("best"));
        Path aside = directory.resolve("best").resolve("weights.writing");
        WeightFile.write(aside, graph.weights(Part.SERVED), graph.get(Part.SERVED));
        Files.move(aside, best(), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Weights alone. */
    Path best() {
        return directory.resolve("best").resolve("weights.safetensors");
    }

    /** Weights alone, of the newest state. */
    Path last() {
        return directory.resolve(LAST).resolve(file(Part.SERVED));
    }

    private static String file(Part part) {
        return (part == Part.SERVED ? "weights" : part.name().toLowerCase(Locale.ROOT))
                + ".safetensors";
    }

    private Path fresh(String name) throws IOException {
        Path path = directory.resolve(name);
        delete(path);
        return Files.createDirectories(path);
    }

    private static void delete(Path path) throws IOException {
        if (Files.exists(path)) {
            DirectoryTree.delete(path);
        }
    }
}
