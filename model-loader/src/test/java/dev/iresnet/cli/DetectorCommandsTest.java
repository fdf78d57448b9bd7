package dev.iresnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.iresnet.image.Preprocessing;
import dev.iresnet.model.DetectionRule;
import dev.iresnet.model.card.ModelCard;
import dev.iresnet.model.card.ModelDirectory;
import dev.iresnet.model.card.Network;
import dev.iresnet.model.card.WeightType;
import dev.iresnet.model.export.ModelExporter;
import dev.iresnet.model.export.SeededWeights;
import dev.iresnet.zoo.Architecture;
import dev.iresnet.zoo.Family;
import dev.iresnet.zoo.Networks;
import dev.iresnet.zoo.ReluForm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands over an SSD300 that was never trained. */
class DetectorCommandsTest {
    @TempDir private Path folder;

    private ModelDirectory export() {
        Architecture network = Networks.ssd300(Family.IRESNET, 18, 4).withClasses(2);
        ModelCard card =
                ModelCard.of(
                                new Network(network, ReluForm.PAPER),
                                List.of("cat", "dog"),
                                Preprocessing.IMAGENET.stretchedTo(300),
                                Optional.empty())
                        .withDetection(new DetectionRule(0.2f, 0.4f, 50, 100));
        return ModelExporter.export(card, new SeededWeights(network, 3), folder.resolve("ssd"));
    }

    @Test
    void inspectTellsWhatADetectorIsAndThatFoldingIsRight() throws IOException {
        Path model = export().path();

        assertThat(CommandRun.of("inspect", model).out())
                .contains("ssd300-iresnet18, ReLU form PAPER")
                .contains("SSD300, 8,732 default boxes, extra blocks of [32, 32, 16, 16, 8]")
                .contains("of a score above 0.2, overlapping by less than 0.4, the best 50")
                .contains("boxes: float32 [?,8732,4]", "scores: float32 [?,8732,2]");

        CommandRun run = CommandRun.of("inspect", "--json", "--check", "--blocks", model);
        assertThat(run.exitCode()).isZero();
        JsonNode facts = new ObjectMapper().readTree(run.out());
        assertThat(facts.path("task").asText()).isEqualTo("DETECTION");
        assertThat(facts.path("detection").path("maxBoxes").asInt()).isEqualTo(50);
        assertThat(facts.path("blocks").path("blocks")).hasSize(6);
        assertThat(facts.path("check").path("maxAbsoluteError").asDouble()).isBetween(0.0, 1e-4);
        assertThat(facts.path("check").path("relativeError").asDouble()).isBetween(0.0, 1e-3);
    }

    @Test
    void predictTellsTheBoxesThatTheUserWants() throws IOException {
        Path model = export().path();
        Path picture = Path.of("src/test/resources/pictures/photograph.jpg");
        CommandRun few =
                CommandRun.of(
                        "predict",
                        "--json",
                        "--max-boxes",
                        3,
                        "--iou",
                        0.9,
                        "--min-score",
                        0,
                        "-m",
                        model,
                        picture);

        assertThat(few.err()).isEmpty();
        JsonNode line = new ObjectMapper().readTree(few.lines().get(0));
        assertThat(line.path("detections")).hasSize(3);

        CommandRun wrong = CommandRun.of("predict", "--iou", 2, "-m", model, picture);
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err()).contains("the overlap (IoU)", "got 2.0");
    }

    @Test
    void importMakesASmallCopyThatKnowsAsMuch() throws IOException {
        Path model = export().path();
        Path small = folder.resolve("small");

        CommandRun run =
                CommandRun.of(
                        "import", model, "--weight-type", "int8", "--min-score", 0.3, "-o", small);

        assertThat(run.err()).isEmpty();
        ModelDirectory written = ModelDirectory.open(small);
        ModelCard card = ModelDirectory.open(model).card();
        assertThat(written.card())
                .isEqualTo(
                        card.with(WeightType.INT8)
                                .withDetection(new DetectionRule(0.3f, 0.4f, 50, 100)));
        assertThat(CommandRun.of("inspect", "--check", small).out())
                .contains("parameters stored as int8")
                .contains("largest difference of a box's score")
                .contains("largest shift of an edge");
        JsonNode facts =
                new ObjectMapper().readTree(CommandRun.of("inspect", "--json", small).out());
        assertThat(facts.at("/network/weightType").asText()).isEqualTo("INT8");

        CommandRun wrong =
                CommandRun.of(
                        "import", model, "--weight-type", "int8", "--relu", "paper", "-o", small);
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err()).contains("changes nothing else: leave out --relu");
    }

    @Test
    void createMakesOne() {
        Path model = folder.resolve("created");
        CommandRun run =
                CommandRun.of("create", "ssd300-resnet18", "--classes", 3, "--output", model);

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("ssd300-resnet18, random weights");
        assertThat(ModelDirectory.open(model).card().preprocessing().width()).isEqualTo(300);

        CommandRun wrong =
                CommandRun.of("create", "ssd300-resnet18", "--input-size", 224, "--output", model);
        assertThat(wrong.exitCode()).isNotZero();
        assertThat(wrong.err()).contains("SSD300 takes pictures of 300x300");
    }
}
