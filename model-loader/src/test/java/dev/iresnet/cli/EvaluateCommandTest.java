package dev.iresnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateCommandTest {
    @TempDir private static Path models;
    private static Path model;

    @TempDir private Path pictures;

    @BeforeAll
    static void export() {
        model = models.resolve("compass");
        TestModels.export(model);
    }

    @BeforeEach
    void writePictures() throws IOException {
        picture("tiny.jpg", "north/a.jpg");
        picture("grayscale.jpg", "north/deep/b.jpg");
        picture("palette.png", "west/c.png");
    }

    private void picture(String resource, String to) throws IOException {
        Path path = pictures.resolve(to);
        Files.createDirectories(path.getParent());
        PredictCommandTest.copy(resource, path);
    }

    /** Labels by what {@code predict} says. */
    private String predicted(String file) throws IOException {
        CommandRun run =
                CommandRun.of("predict", "--json", "-k", 1, "-m", model, pictures.resolve(file));
        return new ObjectMapper().readTree(run.out()).path("labels").get(0).path("name").asText();
    }

    @Test
    void comparesWithTheNamesOfDirectories() throws IOException {
        Path csv = pictures.resolve("confusion.csv");
        CommandRun run =
                CommandRun.of(
                        "evaluate",
                        "--json",
                        "-m",
                        model,
                        "--batch",
                        2,
                        "--confusion",
                        csv,
                        pictures);

        assertThat(run.exitCode()).isZero();
        JsonNode result = new ObjectMapper().readTree(run.out());
        assertThat(result.path("model").path("name").asText()).isEqualTo("compass");
        assertThat(result.path("count").asInt()).isEqualTo(3);
        assertThat(result.path("failed").asInt()).isZero();
        assertThat(result.path("top5").asDouble()).isEqualTo(1);
        long right =
                List.of("north/a.jpg", "north/deep/b.jpg", "west/c.png").stream()
                        .filter(file -> rightlyPredicted(file))
                        .count();
        assertThat(result.path("top1").asDouble()).isEqualTo(right / 3.0);
        assertThat(result.path("classes").findValuesAsText("count"))
                .containsExactly("2", "0", "0", "1");
        assertThat(result.path("classes").get(1).path("top1").isNull()).isTrue();

        List<String> rows = Files.readAllLines(csv);
        assertThat(rows.get(0)).isEqualTo("truth,north,east,south,west");
        int west = cells(rows.get(0)).indexOf(predicted("west/c.png"));
        assertThat(cells(rows.get(4)).get(west)).isEqualTo("1");
    }

    private static List<String> cells(String row) {
        return List.of(row.split(",", -1));
    }

    private boolean rightlyPredicted(String file) {
        try {
            return file.startsWith(predicted(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void printsATableOfTheClassesThatWereSeen() {
        CommandRun run = CommandRun.of("evaluate", "-m", model, pictures);

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("compass version 1 (").contains("pictures 3", "top-1");
        assertThat(run.lines()).anyMatch(line -> line.matches("north +2  .*"));
        assertThat(run.lines()).anyMatch(line -> line.matches("west +1  .*"));
        assertThat(run.lines()).noneMatch(line -> line.startsWith("east"));
    }

    @Test
    void namesPicturesThatFailAndEvaluatesTheOthers() throws IOException {
        Files.writeString(pictures.resolve("west/no.jpg"), "not a picture");
        CommandRun run = CommandRun.of("evaluate", "-m", model, pictures);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .contains(pictures.resolve("west/no.jpg") + ": neither a JPEG nor a PNG");
        assertThat(run.out()).contains("pictures 3, and 1 that could not be labelled");
    }

    @Test
    void skipsWhatIsHidden() throws IOException {
        picture("tiny.jpg", ".thumbnails/d.jpg");
        picture("tiny.jpg", "north/.cache/d.jpg");
        Files.writeString(pictures.resolve("west/._c.jpg"), "not a picture");
        CommandRun run = CommandRun.of("evaluate", "-m", model, pictures);

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("pictures 3");
    }

    @Test
    void refusesDirectoriesThatAreNoLabels() throws IOException {
        picture("tiny.jpg", "up/d.jpg");
        picture("tiny.jpg", "down/d.jpg");
        CommandRun run = CommandRun.of("evaluate", "-m", model, pictures);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("(north, east, south, west)", "'down', 'up'");
    }

    @Test
    void refusesPicturesWithoutALabel() throws IOException {
        picture("tiny.jpg", "stray.jpg");
        CommandRun run = CommandRun.of("evaluate", "-m", model, pictures);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .contains(pictures.resolve("stray.jpg") + " must be in a sub-directory");
    }

    @Test
    void refusesWrongUsage() {
        assertThat(CommandRun.of("evaluate", "-m", model, pictures.resolve("gone")).exitCode())
                .isEqualTo(2);
        CommandRun none = CommandRun.of("evaluate", "--batch", 0, "-m", model, pictures);
        assertThat(none.exitCode()).isEqualTo(2);
        assertThat(none.err()).contains("--batch: maxBatch must be 1..4096, got 0");
    }
}
