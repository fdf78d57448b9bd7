package dev.iresnet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.iresnet.model.card.ModelDirectory;
import dev.iresnet.model.export.ModelExporter;
import dev.iresnet.model.export.SeededWeights;
import dev.iresnet.model.export.WeightSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictCommandTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir private static Path models;
    private static ModelDirectory model;

    @TempDir private Path pictures;

    @BeforeAll
    static void export() {
        model = TestModels.export(models.resolve("compass"));
    }

    @BeforeEach
    void writePictures() throws IOException {
        Files.createDirectories(pictures.resolve("deep/er"));
        copy("tiny.jpg", pictures.resolve("b.jpg"));
        copy("palette.png", pictures.resolve("deep/a.PNG"));
        copy("grayscale.jpg", pictures.resolve("deep/er/c.jpeg"));
        Files.writeString(pictures.resolve("notes.txt"), "not a picture");
    }

    static void copy(String resource, Path to) throws IOException {
        try (InputStream in =
                PredictCommandTest.class.getResourceAsStream("/pictures/" + resource)) {
            Files.copy(Objects.requireNonNull(in), to);
        }
    }

    @Test
    void printsAJsonLineForEachPictureOfADirectory() throws IOException {
        CommandRun run =
                CommandRun.of("predict", "--json", "--model", models.resolve("compass"), pictures);

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.lines()).hasSize(3);
        JsonNode first = MAPPER.readTree(run.lines().get(0));
        assertThat(first.path("file").asText()).isEqualTo(pictures.resolve("b.jpg").toString());
        assertThat(first.path("model").path("name").asText()).isEqualTo("compass");
        assertThat(first.path("model").path("version").asLong()).isEqualTo(1);
        assertThat(first.path("model").path("digest").asText()).isEqualTo(model.digest());
        JsonNode labels = first.path("labels");
        assertThat(labels).hasSize(4);
        double sum = 0;
        for (JsonNode label : labels) {
            sum += label.path("score").asDouble();
            assertThat(label.path("name").asText())
                    .isEqualTo(model.card().labels().get(label.path("index").asInt()));
        }
        assertThat(sum).isCloseTo(1.0, within(1e-5));
        assertThat(scores(labels)).isSortedAccordingTo((a, b) -> Double.compare(b, a));
    }

    private static List<Double> scores(JsonNode labels) {
        return IntStream.range(0, labels.size())
                .mapToObj(i -> labels.get(i).path("score").asDouble())
                .toList();
    }

    @Test
    void printsATableWithTheBestLabels() {
        CommandRun run =
                CommandRun.of("predict", "-k", 2, "-m", model.path(), pictures.resolve("b.jpg"));

        assertThat(run.exitCode()).isZero();
        assertThat(run.lines()).hasSize(4);
        assertThat(run.lines().get(0)).startsWith("compass version 1 (");
        assertThat(run.lines().get(1)).startsWith("FILE").endsWith("SCORE  LABEL");
        assertThat(run.lines().get(2)).startsWith(pictures.resolve("b.jpg") + "  0.");
        assertThat(run.lines().get(3)).startsWith(" ");
    }

    @Test
    void aPictureGetsTheSameScoresInAnyCompany() throws IOException {
        for (int i = 0; i < 9; i++) {
            copy("tiny.jpg", pictures.resolve("copy" + i + ".jpg"));
        }
        CommandRun many =
                CommandRun.of("predict", "--json", "-m", models.resolve("compass"), pictures);
        CommandRun one =
                CommandRun.of(
                        "predict",
                        "--json",
                        "-m",
                        model.path(),
                        pictures.resolve("deep/er/c.jpeg"));

        assertThat(many.lines()).hasSize(12);
        JsonNode last = MAPPER.readTree(many.lines().get(11)).path("labels");
        JsonNode alone = MAPPER.readTree(one.lines().get(0)).path("labels");
        for (int i = 0; i < alone.size(); i++) {
            assertThat(last.get(i).path("index")).isEqualTo(alone.get(i).path("index"));
            assertThat(last.get(i).path("score").asDouble())
                    .isCloseTo(alone.get(i).path("score").asDouble(), within(1e-5));
        }
    }

    @Test
    void anAnswerThatIsNotANumberIsAFailureNotALabel() {
        WeightSource seeded =
                new SeededWeights(model.card().network().orElseThrow().architecture(), 1);
        Path broken =
                ModelExporter.export(
                                model.card(),
                                key -> {
                                    float[] values = seeded.read(key);
                                    if (key.equals("fc.bias")) {
                                        Arrays.fill(values, Float.NaN);
                                    }
                                    return values;
                                },
                                models.resolve("broken"))
                        .path();
        CommandRun run = CommandRun.of("predict", "-m", broken, pictures.resolve("b.jpg"));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("b.jpg: the network's output is not finite");
        assertThat(run.lines()).hasSize(2);
    }

    @Test
    void namesTheFilesThatFailAndLabelsTheOthers() throws IOException {
        Files.writeString(pictures.resolve("a.jpg"), "not a picture");
        Files.createFile(pictures.resolve("empty.png"));
        CommandRun run =
                CommandRun.of(
                        "predict",
                        "--json",
                        "-m",
                        models.resolve("compass"),
                        pictures,
                        pictures.resolve("gone.jpg"));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.lines()).hasSize(3);
        assertThat(run.err().lines())
                .containsExactly(
                        "iresnet: " + pictures.resolve("a.jpg") + ": neither a JPEG nor a PNG",
                        "iresnet: " + pictures.resolve("empty.png") + ": the file is empty",
                        "iresnet: " + pictures.resolve("gone.jpg") + ": no such file");
    }

    @Test
    void saysInASentenceWhatIsWrongWithTheModel() {
        CommandRun run = CommandRun.of("predict", "-m", pictures, pictures);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.err()).startsWith("iresnet: " + pictures).contains("saved_model.pb");
    }

    @Test
    void refusesWrongUsage() throws IOException {
        CommandRun none = CommandRun.of("predict");
        assertThat(none.exitCode()).isEqualTo(2);
        assertThat(none.err()).contains("FILE|DIR");

        CommandRun zero = CommandRun.of("predict", "-k", 0, pictures);
        assertThat(zero.exitCode()).isEqualTo(2);
        assertThat(zero.err()).contains("--top-k must be at least 1, got 0");

        Path empty = Files.createDirectory(pictures.resolve("empty"));
        CommandRun nothing = CommandRun.of("predict", "-m", model.path(), empty);
        assertThat(nothing.exitCode()).isEqualTo(2);
        assertThat(nothing.err()).contains("No .jpg, .jpeg or .png file in");
    }

    @Test
    void teachesItsUse() {
        CommandRun run = CommandRun.of("predict", "--help");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("Examples:", "Exit codes:", "--top-k");
    }
}
