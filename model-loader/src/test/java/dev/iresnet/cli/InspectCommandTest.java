package dev.iresnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.iresnet.model.card.ModelDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectCommandTest {
    @TempDir private Path models;

    @Test
    void tellsWhatAModelIs() {
        ModelDirectory model = TestModels.export(models.resolve("compass"));
        CommandRun run = CommandRun.of("inspect", models.resolve("compass"));

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains(
                        "compass, version 1",
                        model.digest(),
                        "cifar-iresnet20, ReLU form PAPER",
                        "4: north, east, south, west",
                        "24x24, stretched",
                        "serving_default",
                        "image: uint8 [?,?,?,3]",
                        "probabilities: float32 [?,4]",
                        "normalized");
    }

    @Test
    void tellsMachinesTheSame() throws IOException {
        ModelDirectory model = TestModels.export(models.resolve("compass"));
        CommandRun run = CommandRun.of("inspect", "--json", model.path());

        JsonNode facts = new ObjectMapper().readTree(run.out());
        assertThat(facts.path("name").asText()).isEqualTo("compass");
        assertThat(facts.path("version").asLong()).isEqualTo(1);
        assertThat(facts.path("digest").asText()).isEqualTo(model.digest());
        assertThat(facts.path("network").path("name").asText()).isEqualTo("cifar-iresnet20");
        assertThat(facts.path("labels")).hasSize(4);
        assertThat(facts.path("preprocessing").path("width").asInt()).isEqualTo(24);
        assertThat(facts.path("signatures")).hasSize(2);
        assertThat(facts.path("bytes").asLong()).isGreaterThan(1_000_000);
    }

    @Test
    void refusesAModelWhoseFilesWereChanged() throws IOException {
        ModelDirectory model = TestModels.export(models.resolve("compass"));
        Files.write(model.path().resolve("saved_model.pb"), new byte[1], StandardOpenOption.APPEND);
        CommandRun run = CommandRun.of("inspect", model.path());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("iresnet: ").contains("saved_model.pb").hasLineCount(1);
    }

    @Test
    void showsStagesWithoutRunningAnything() {
        TestModels.export(models.resolve("compass"));
        CommandRun run = CommandRun.of("inspect", models.resolve("compass"));

        assertThat(run.out())
                .contains("layer1: 3 basic blocks, width 16, 16 channels out, ", "layer3: ")
                .doesNotContain("||residual||");
    }

    @Test
    void showsWhatEachBlockAddsOnNoise() {
        TestModels.export(models.resolve("compass"));
        CommandRun run = CommandRun.of("inspect", "--blocks", models.resolve("compass"));

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("over 16 pictures of noise (seed 1", "0 of 9 below 0.01")
                .containsPattern("layer1\\R +0 +\\d\\.\\d{4} +#+>?\\R +1 ");
    }

    @Test
    void runsTheUsersPicturesAndNamesOnceThoseThatFail() throws IOException {
        TestModels.export(models.resolve("compass"));
        Path pictures = Files.createDirectory(models.resolve("pictures"));
        PredictCommandTest.copy("tiny.jpg", pictures.resolve("a.jpg"));
        Files.writeString(pictures.resolve("b.jpg"), "not a picture");
        CommandRun run =
                CommandRun.of(
                        "inspect",
                        "--json",
                        "--blocks",
                        "--check",
                        "--images",
                        pictures,
                        models.resolve("compass"));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).hasLineCount(1).contains("b.jpg: neither a JPEG nor a PNG");
        JsonNode facts = new ObjectMapper().readTree(run.out());
        assertThat(facts.path("network").path("stages")).hasSize(3);
        assertThat(facts.path("blocks").path("samples").asText()).isEqualTo("1 picture");
        JsonNode blocks = facts.path("blocks").path("blocks");
        assertThat(blocks).hasSize(9);
        assertThat(blocks.get(3).path("name").asText()).isEqualTo("layer2.0");
        assertThat(blocks.get(3).path("ratio").asDouble()).isPositive();
        JsonNode check = facts.path("check");
        assertThat(check.path("pictures").asInt()).isEqualTo(1);
        assertThat(check.path("maxAbsoluteError").asDouble()).isBetween(0.0, 1e-4);
        assertThat(check.path("relativeError").asDouble()).isBetween(0.0, 1e-4);
        assertThat(check.path("top1Agreement").asDouble()).isEqualTo(1);
    }
}
