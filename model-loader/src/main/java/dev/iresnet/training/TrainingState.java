package dev.iresnet.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.file.DirectoryTree;
import dev.iresnet.training.descent.LearningWeights;
import dev.iresnet.training.descent.LearningWeights.Part;
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
    private static final String ASIDE = "last.writing";
    private static final String BEST = "best";

    private final Path directory;
    private final Map<String, String> facts;
    private final ObjectMapper mapper = new ObjectMapper();

    /**
     * @param facts all that decides what comes out: training goes on only where they are equal
     */
    TrainingState(Path directory, Map<String, String> facts) {
        this.directory = directory;
        this.facts = new TreeMap<>(facts);
    }

    /**
     * Where training stands.
     *
     * @param step that comes next, from 0
     * @param measured how many epochs were measured on the validation pictures
     * @param best score so far; -1 if none was measured
     * @param last score of the newest weights that were measured; -1 if none were
     */
    record Position(long step, long measured, double best, double last) {
        static final Position BEGIN = new Position(0, 0, -1, -1);

        Position stepped() {
            return new Position(step + 1, measured, best, last);
        }

        Position measured(double score) {
            return new Position(step, measured + 1, Math.max(best, score), score);
        }
    }

    boolean exists() {
        return place().isPresent();
    }

    private Optional<Path> place() {
        return Stream.of(LAST, BEFORE)
                .map(directory::resolve)
                .filter(path -> Files.exists(path.resolve(STATE)))
                .findFirst();
    }

    /** Forgets what earlier training left, so that nobody goes on from it by mistake. */
    void clear() throws IOException {
        for (String name : List.of(BEFORE, LAST, ASIDE, BEST)) {
            DirectoryTree.delete(directory.resolve(name));
        }
    }

    /**
     * Saves everything.
     *
     * @throws TrainingException if a value is no number
     */
    void save(LearningWeights weights, Position position) throws IOException {
        Path aside = directory.resolve(ASIDE);
        DirectoryTree.delete(aside);
        Files.createDirectories(aside);
        for (Part part : weights.parts()) {
            write(aside.resolve(file(part)), weights, part, position);
        }
        write(aside.resolve(STATE), position);
        DirectoryTree.force(aside);
        Path last = directory.resolve(LAST);
        Path before = directory.resolve(BEFORE);
        if (Files.exists(last)) {
            DirectoryTree.delete(before);
            Files.move(last, before, StandardCopyOption.ATOMIC_MOVE);
        }
        Files.move(aside, last, StandardCopyOption.ATOMIC_MOVE);
        DirectoryTree.delete(before);
    }

    /** Saves the position alone; weights are as they were saved. */
    void save(Position position) throws IOException {
        Path last = directory.resolve(LAST);
        Path aside = last.resolve(STATE + ".writing");
        write(aside, position);
        DirectoryTree.force(last);
        Files.move(aside, last.resolve(STATE), StandardCopyOption.ATOMIC_MOVE);
    }

    private void write(Path file, Position position) throws IOException {
        ObjectNode state = mapper.createObjectNode();
        state.set("position", mapper.valueToTree(position));
        state.set("facts", mapper.valueToTree(facts));
        mapper.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), state);
    }

    private void write(Path file, LearningWeights weights, Part part, Position position)
            throws IOException {
        Map<String, float[]> values = weights.get(part);
        values.forEach((key, array) -> requireFinite(key, array, position));
        WeightFile.write(file, weights.of(part), values);
    }

    private void requireFinite(String key, float[] values, Position position) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw astray("%s holds %s after %d steps".formatted(key, value, position.step()));
            }
        }
    }

    /**
     * For a loss or weights that are no numbers.
     *
     * @param what happened, without a full stop
     */
    TrainingException astray(String what) {
        String kept =
                Files.exists(best())
                        ? ". The weights that did best before are kept in " + best()
                        : "";
        return new TrainingException(
                what
                        + ": training has gone astray. Lower --learning-rate, or raise"
                        + " --warmup-steps or set --clip"
                        + kept);
    }

    /**
     * Goes back to what was saved.
     *
     * @throws TrainingException if nothing was, or where other facts hold
     */
    Position restore(LearningWeights weights) throws IOException {
        Path from =
                place().orElseThrow(
                                () ->
                                        new TrainingException(
                                                "There is no training to resume in " + directory));
        JsonNode state = mapper.readTree(from.resolve(STATE).toFile());
        requireEqual(state.path("facts"));
        for (Part part : weights.parts()) {
            Map<String, float[]> values = WeightFile.read(from.resolve(file(part)));
            weights.set(
                    part, weights.of(part), key -> Objects.requireNonNull(values.get(key), key));
        }
        return mapper.treeToValue(state.path("position"), Position.class);
    }

    private void requireEqual(JsonNode saved) {
        List<String> differences = new ArrayList<>();
        facts.forEach(
                (name, now) -> {
                    String then = saved.path(name).asText("not known");
                    if (!then.equals(now)) {
                        differences.add("%s was %s and is %s".formatted(name, then, now));
                    }
                });
        if (!differences.isEmpty()) {
            throw new TrainingException(
                    "Training in %s can only go on as it began: %s. Without --resume it begins anew"
                            .formatted(directory, String.join("; ", differences)));
        }
    }

    void saveBest(LearningWeights weights, Position position) throws IOException {
        Files.createDirectories(directory.resolve(BEST));
        Path aside = directory.resolve(BEST).resolve("weights.writing");
        write(aside, weights, Part.SERVED, position);
        DirectoryTree.force(directory.resolve(BEST));
        Files.move(aside, best(), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Weights alone. */
    Path best() {
        return directory.resolve(BEST).resolve(file(Part.SERVED));
    }

    /** Weights alone, of the newest state. */
    Path last() {
        return place().orElse(directory.resolve(LAST)).resolve(file(Part.SERVED));
    }

    private static String file(Part part) {
        return (part == Part.SERVED ? "weights" : part.name().toLowerCase(Locale.ROOT))
                + ".safetensors";
    }
}
