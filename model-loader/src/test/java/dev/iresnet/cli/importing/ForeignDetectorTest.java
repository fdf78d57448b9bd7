package dev.iresnet.cli.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.iresnet.cli.CommandRun;
import dev.iresnet.model.DetectionRule;
import dev.iresnet.model.card.Checksums;
import dev.iresnet.model.card.ModelCard;
import dev.iresnet.model.card.ModelDirectory;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Detectors that other programs wrote: what {@code import} takes, refuses, and what is served. */
class ForeignDetectorTest {
    private static final String SIZE = "--input-size=50x100";
    private static final String LABELS =
            """
            # TensorFlow's
            item { id: 1 name: '/m/1' display_name: "cat" }
            item {
              name: 'dog'
              id: 3
              keypoints { id: 1 label: 'nose' }
            }
            """;

    @TempDir private Path folder;

    private Path labelMap() throws IOException {
        return Files.writeString(folder.resolve("map.pbtxt"), LABELS);
    }

    private CommandRun importing(Path savedModel, Object... options) {
        return CommandRun.of(
                Stream.concat(
                                Stream.of("import", savedModel, "-o", folder.resolve("model")),
                                Stream.of(options))
                        .toArray());
    }

    private Path bright(float number) throws IOException {
        return HandMade.write(
                folder.resolve("saved"), 1, (tf, image) -> HandMade.bright(tf, image, number));
    }

    /** White on black. */
    private Path picture(String name, int x, int y, int width, int height) throws IOException {
        BufferedImage image = new BufferedImage(400, 150, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(x, y, width, height);
        graphics.dispose();
        Path file = folder.resolve("pictures").resolve(name);
        Files.createDirectories(file.getParent());
        ImageIO.write(image, "png", file.toFile());
        return file;
    }

    @Test
    void findsWhatTensorFlowsDetectorFinds() throws IOException {
        CommandRun run = importing(bright(3), "--labels", labelMap(), SIZE);

        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains("uint8 pictures of any size in batches of 1, gives boxes detection_boxes")
                .contains("Its class 1 is 'cat'");
        ModelCard card = ModelDirectory.open(folder.resolve("model")).card();
        assertThat(card.labels()).containsExactly("cat", "class 1", "dog");
        assertThat(card.detection()).contains(DetectionRule.SUPPRESSED);

        picture("a.png", 100, 30, 60, 45);
        picture("b.png", 0, 75, 400, 75);
        picture("c.png", 0, 0, 0, 0);
        CommandRun predicted =
                CommandRun.of(
                        "predict",
                        "--json",
                        "--draw",
                        folder.resolve("drawn"),
                        "-m",
                        folder.resolve("model"),
                        folder.resolve("pictures"));
        assertThat(predicted.err()).isEmpty();
        assertBox(predicted.lines().get(0), 100, 30, 160, 75);
        assertBox(predicted.lines().get(1), 0, 75, 400, 150);
        assertThat(predicted.lines().get(2)).contains("\"detections\":[]");
        assertThat(folder.resolve("drawn/a.png.png")).exists();
    }

    private static void assertBox(String line, double... corners) throws IOException {
        JsonNode found = new ObjectMapper().readTree(line).path("detections");
        assertThat(found).hasSize(1);
        assertThat(found.get(0).path("index").asInt()).isEqualTo(2);
        assertThat(found.get(0).path("name").asText()).isEqualTo("dog");
        assertThat(found.get(0).path("score").asDouble()).isEqualTo(0.75);
        for (int i = 0; i < corners.length; i++) {
            assertThat(found.get(0).path("box").get(i).asDouble())
                    .isCloseTo(corners[i], within(1e-3));
        }
    }

    @Test
    void isEvaluatedInspectedAndMeasured() throws IOException {
        importing(bright(1), "--labels", labelMap(), SIZE, "--min-score=0.5", "--iou=0.25");
        Path model = folder.resolve("model");
        picture("a.png", 100, 30, 60, 45);
        Files.writeString(
                folder.resolve("pictures/a.xml"),
                """
                <annotation><object><name>cat</name><bndbox>
                <xmin>100</xmin><ymin>30</ymin><xmax>160</xmax><ymax>75</ymax>
                </bndbox></object></annotation>
                """);

        assertThat(CommandRun.of("evaluate", folder.resolve("pictures"), "-m", model).out())
                .contains("mAP@[.5:.95]   1.0000");
        assertThat(CommandRun.of("inspect", "--check", model).out())
                .contains("score above 0.5, overlapping by less than 0.25")
                .contains("boxes detection_boxes (rel_yxyx), class 1 is 'cat'");
        CommandRun bench =
                CommandRun.of(
                        "bench", "--model", model, "--batch=2", "--seconds=0.1", "--threads=1");
        assertThat(bench.err()).isEmpty();
        assertThat(bench.exitCode()).isZero();
    }

    @Test
    void asksForWhatASignatureDoesNotSay() throws IOException {
        Path saved = bright(1);
        Path plain = Files.writeString(folder.resolve("labels.txt"), "cat");
        assertThat(importing(saved, SIZE, "--first-class=1").err())
                .contains("does not tell how many classes there are: give their names as --labels");
        assertThat(importing(saved, SIZE, "--labels", plain).err())
                .contains("say by --first-class which number in detection_classes is the first");
        assertThat(importing(saved, "--labels", labelMap()).err())
                .contains("it takes pictures of any size: say by --input-size");
        assertThat(folder.resolve("model")).doesNotExist();
    }

    @Test
    void refusesOtherOutputsByTheirNames() throws IOException {
        Path saved =
                HandMade.write(
                        folder.resolve("saved"),
                        -1,
                        (tf, image) ->
                                Map.of(
                                        "detections",
                                        constant(tf, image, 2, 7),
                                        "features",
                                        constant(tf, image, 2, 3)));

        assertThat(importing(saved, SIZE).err())
                .contains("its signature gives detections [?, 2, 7], features [?, 2, 3]; what can")
                .contains("detection_boxes, detection_scores, detection_classes, num_detections");
    }

    @Test
    void refusesAnswersThatNoPictureChanges() throws IOException {
        Path saved =
                HandMade.write(
                        folder.resolve("saved"),
                        1,
                        (tf, image) -> Map.of("scores", filled(tf, 0.5f, 1, 2)));

        assertThat(importing(saved, SIZE, "--output-kind=probabilities").err())
                .contains("its outputs do not depend on its input input_tensor");
    }

    @Test
    void asksWhatBoxesAreAndTakesScoresOfEachClass() throws IOException {
        Path saved =
                HandMade.write(
                        folder.resolve("saved"),
                        -1,
                        (tf, image) ->
                                Map.of(
                                        "bbox_regression",
                                        constant(tf, image, 3, 4),
                                        "cls_logits",
                                        constant(tf, image, 3, 5)));

        assertThat(importing(saved, SIZE, "--output-kind=logits").err())
                .contains("say by --box-format what the numbers of bbox_regression are: xyxy, yxyx")
                .contains("offsets from default boxes (anchors) are to be decoded");
        CommandRun run = importing(saved, SIZE, "--output-kind=logits", "--box-format=center_xywh");
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("gives boxes bbox_regression (center_xywh) with 5 logits");
        ModelCard card = ModelDirectory.open(folder.resolve("model")).card();
        assertThat(card.labels()).hasSize(5);
        assertThat(card.detection()).contains(DetectionRule.SSD300);
    }

    /** Zeros, of as many pictures as there are. */
    private static Operand<TFloat32> constant(Ops tf, Operand<?> image, long boxes, long each) {
        Operand<TInt32> sides = tf.shape(image);
        Operand<TInt32> n = tf.gather(sides, tf.constant(new int[] {0}), tf.constant(0));
        return tf.tile(
                filled(tf, 0, 1, boxes, each),
                tf.concat(List.of(n, tf.constant(new int[] {1, 1})), tf.constant(0)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "detection_boxes   |      1 | NaN | it gives boxes or scores that are not finite",
                "detection_scores  |      1 | NaN | it gives boxes or scores that are not finite",
                "detection_scores  |      1 |  -1 | gives a score of -1.0, but scores are 0..1",
                "detection_classes |      1 |   4 | gives a box of class 4.0; its 3 labels are",
                "detection_classes |      1 |   0 | gives a box of class 0.0; its 3 labels are",
                "num_detections    |      1 |   2 | says that 2.0 of 1 boxes count",
                "num_detections    | 1000000 |  1 | gives 1000000 boxes for a picture",
            })
    void refusesHostileDetectors(String output, int boxes, float value, String message)
            throws IOException {
        CommandRun run = importing(constant(output, boxes, value), "--labels", labelMap(), SIZE);

        assertThat(run.exitCode()).isNotZero();
        assertThat(run.err())
                .contains("is refused: it was tried on black pictures and noise", message);
        assertThat(folder.resolve("model")).doesNotExist();
    }

    /** Finds the same in each picture, or this in an output. */
    private Path constant(String output, int boxes, float value) throws IOException {
        return HandMade.write(
                folder.resolve("saved"),
                1,
                (ops, image) -> {
                    Ops tf = ops.withControlDependencies(image);
                    Map<String, Operand<?>> outputs = new HashMap<>();
                    outputs.put("detection_boxes", filled(tf, 0, 1, boxes, 4));
                    outputs.put("detection_scores", filled(tf, 0.5f, 1, boxes));
                    outputs.put("detection_classes", filled(tf, 1, 1, boxes));
                    outputs.put("num_detections", filled(tf, 1, 1));
                    outputs.computeIfPresent(
                            output,
                            (name, of) -> filled(tf, value, of.asOutput().shape().asArray()));
                    return outputs;
                });
    }

    @Test
    void isTriedOutWhenItIsLoaded() throws IOException {
        Path saved = constant("detection_scores", 1, 0.01f);
        assertThat(importing(saved, "--labels", labelMap(), SIZE).err()).isEmpty();
        Path version = ModelDirectory.open(folder.resolve("model")).path();
        Path card = version.resolve(ModelDirectory.CARD);
        Files.writeString(
                card,
                Files.readString(card).replaceFirst("\"firstClass\" *: *1", "\"firstClass\":2"));
        Checksums.write(version);

        Path picture = picture("a.png", 0, 0, 9, 9);
        assertThat(CommandRun.of("predict", "-m", version, picture).err())
                .contains("gives a box of class 1.0; its 3 labels are those of classes 2 to 4");
    }

    private static Operand<TFloat32> filled(Ops tf, float value, long... shape) {
        return tf.fill(tf.constant(shape), tf.constant(value));
    }
}
