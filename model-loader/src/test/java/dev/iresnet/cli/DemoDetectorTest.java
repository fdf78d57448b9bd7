package dev.iresnet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.iresnet.Guise;
import dev.iresnet.model.card.ModelCard;
import dev.iresnet.model.card.ModelDirectory;
import dev.iresnet.model.card.WeightType;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The bundled detector and pictures; their README tells what it finds in others. */
@Guise
class DemoDetectorTest {
    private static final Path DEMO = Path.of("../deploy/local/demo");

    /** mAP at an overlap of 0.5, of the boxes that model.json says are told. */
    private static final double AT_ITS_SCORE = 0.791;

    private static final Path MODEL = DEMO.resolve("models/bccd-ssd300-iresnet18");

    @Test
    void tellsWhatItIs() {
        ModelCard card = ModelDirectory.open(MODEL).card();

        assertThat(card.labels()).containsExactly("Platelets", "RBC", "WBC");
        assertThat(card.network().orElseThrow().weightType()).isEqualTo(WeightType.INT8);
        assertThat(card.source().orElseThrow().training()).containsKeys("mAP@0.5", "steps");
    }

    @Test
    void findsTheCellsOfTheBundledPictures() throws IOException {
        CommandRun run =
                CommandRun.of(
                        "evaluate",
                        DEMO.resolve("cells"),
                        "--annotations",
                        DEMO.resolve("cells.json"),
                        "--model",
                        MODEL,
                        "--json");

        assertThat(run.err()).isEmpty();
        JsonNode report = new ObjectMapper().readTree(run.out());
        assertThat(report.path("count").asInt()).isEqualTo(12);
        assertThat(report.path("map50").asDouble()).isCloseTo(AT_ITS_SCORE, within(0.01));
    }
}
