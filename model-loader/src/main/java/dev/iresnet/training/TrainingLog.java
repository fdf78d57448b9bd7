package dev.iresnet.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.training.TrainingState.Position;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * JSON lines: one for each step, with {@code step} (from 0) and {@code loss}, and one for each
 * measurement on the validation pictures.
 */
final class TrainingLog implements AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final BufferedWriter out;

    private TrainingLog(BufferedWriter out) {
        this.out = out;
    }

    /**
     * Opens a file.
     *
     * @param from where training goes on; lines of what came before are kept
     */
    static TrainingLog open(Path file, Position from) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        List<String> kept =
                from.step() > 0 && Files.exists(file)
                        ? Files.readAllLines(file).stream()
                                .takeWhile(line -> isBefore(line, from))
                                .toList()
                        : List.of();
        Files.write(file, kept);
        return new TrainingLog(Files.newBufferedWriter(file, StandardOpenOption.APPEND));
    }

    private static boolean isBefore(String line, Position from) {
        try {
            JsonNode node = MAPPER.readTree(line);
            return node.has("loss")
                    ? node.path("step").asLong() < from.step()
                    : node.path("epoch").asLong() < from.measured();
        } catch (IOException e) {
            // a line that was cut off, as by a crash
            return false;
        }
    }

    void step(Trainer.Step step) throws IOException {
        write(
                MAPPER.createObjectNode()
                        .put("step", step.number())
                        .put("epoch", step.epoch())
                        .put("loss", step.loss())
                        .put("accuracy", step.accuracy())
                        .put("learningRate", step.learningRate())
                        .put("gradientNorm", step.gradientNorm())
                        .put("imagesPerSecond", step.imagesPerSecond()));
    }

    void measured(long epoch, Trainer.Measurement measurement) throws IOException {
        write(
                MAPPER.createObjectNode()
                        .put("epoch", epoch)
                        .put("validationLoss", measurement.loss())
                        .put(measurement.meaning().logged(), measurement.score())
                        .put("validationPictures", measurement.pictures()));
    }

    private void write(ObjectNode node) throws IOException {
        out.write(MAPPER.writeValueAsString(node));
        out.newLine();
        // a line that is not written is missing after a kill, though the state was saved
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
