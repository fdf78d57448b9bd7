package dev.iresnet.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.iresnet.evaluation.TrueObject.Rectangle;
import dev.iresnet.model.Detections;
import dev.iresnet.model.Detections.Box;
import dev.iresnet.model.Detections.Detection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class AveragePrecisionTest {
    private static final Path FOLDER = Path.of("src/test/resources/coco");
    private static final List<String> LABELS = List.of("cat", "dog", "bird", "cow");

    /** Crowds, equal scores, more than 100 boxes of a class, a class without objects. */
    @Test
    void equalsPycocotools() throws IOException {
        Annotations truth = Annotations.read(FOLDER.resolve("truth.json"), LABELS);
        JsonNode told = new ObjectMapper().readTree(FOLDER.resolve("detections.json").toFile());
        AveragePrecision precision = new AveragePrecision(LABELS.size());
        for (int picture = 1; picture <= 24; picture++) {
            precision.add(
                    truth.of(Path.of("p/%03d.jpg".formatted(picture))).orElseThrow(),
                    detections(told.path("detections"), picture));
        }

        JsonNode expected = told.path("expected");
        assertThat(precision.pictures()).isEqualTo(24);
        assertThat(precision.mean()).isCloseTo(expected.path("map").asDouble(), within(1e-9));
        assertThat(precision.mean50()).isCloseTo(expected.path("map50").asDouble(), within(1e-9));
        for (int i = 0; i < 3; i++) {
            assertThat(precision.mean(i))
                    .isCloseTo(expected.path("ap").get(i).asDouble(), within(1e-9));
            assertThat(precision.at50(i))
                    .isCloseTo(expected.path("ap50").get(i).asDouble(), within(1e-9));
        }
        assertThat(precision.objects(3)).isZero();
        assertThat(precision.mean(3)).isNaN();
    }

    @Test
    void mayBeAskedBetweenPictures() {
        TrueObject object = new TrueObject(0, new Rectangle(0, 0, 10, 10), false, false);
        AveragePrecision precision = new AveragePrecision(1);
        precision.add(List.of(object), found(0.5f, 20));
        assertThat(precision.at50(0)).isZero();

        precision.add(List.of(object), found(0.75f, 0));

        // the better box is right: at half of the recalls, and the one at 0, precision is 1
        assertThat(precision.at50(0)).isCloseTo(51.0 / 101, within(1e-9));
    }

    private static Detections found(float score, float from) {
        Box box = new Box(from, from, from + 10, from + 10);
        return new Detections(List.of(new Detection(0, score, box)));
    }

    private static Detections detections(JsonNode rows, int picture) {
        List<Detection> objects = new ArrayList<>();
        for (JsonNode row : rows) {
            if (row.get(0).asInt() == picture) {
                Box box =
                        new Box(
                                row.get(3).floatValue(),
                                row.get(4).floatValue(),
                                row.get(5).floatValue(),
                                row.get(6).floatValue());
                objects.add(new Detection(row.get(1).asInt(), row.get(2).floatValue(), box));
            }
        }
        objects.sort(Comparator.comparingDouble(object -> -object.score()));
        return new Detections(objects);
    }

    /** VOC's difficult objects, unlike crowds, are found once, but cost nothing if they are not. */
    @Test
    void difficultObjectsCountForNothing() {
        TrueObject easy = new TrueObject(0, new Rectangle(0, 0, 10, 10), false, false);
        TrueObject difficult = new TrueObject(0, new Rectangle(50, 50, 10, 10), true, false);
        Detections found =
                new Detections(
                        List.of(
                                new Detection(0, 0.9f, new Box(50, 50, 60, 60)),
                                new Detection(0, 0.8f, new Box(0, 0, 10, 10))));
        AveragePrecision precision = new AveragePrecision(1);

        precision.add(List.of(difficult, easy), found);

        assertThat(precision.objects(0)).isEqualTo(1);
        assertThat(precision.mean()).isEqualTo(1, within(1e-9));
    }
}
