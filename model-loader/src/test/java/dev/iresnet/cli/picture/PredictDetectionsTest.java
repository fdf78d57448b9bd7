package dev.iresnet.cli.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.iresnet.cli.CommandRun;
import dev.iresnet.cli.TestModels;
import dev.iresnet.image.Preprocessing;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A drawn shape is found where it lies, in pixels of the picture as it is stored. */
class PredictDetectionsTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Preprocessing STRETCHED = Preprocessing.IMAGENET.stretchedTo(300);
    private static final Preprocessing CROPPED =
            new Preprocessing(
                    300,
                    300,
                    Preprocessing.Resize.SHORTER_SIDE_THEN_CROP,
                    330,
                    STRETCHED.mean(),
                    STRETCHED.std());

    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "640 | 427 | rgb  | png | 0",
                "641 | 333 | rgb  | jpg | 0",
                "301 | 577 | rgb  | jpg | 0",
                "577 | 301 | rgb  | jpg | 6",
                "299 | 401 | gray | jpg | 0",
                "257 | 190 | gray | png | 0",
                "1283 | 717 | rgb | jpg | 3",
            })
    void aBoxLiesOnItsShape(int width, int height, String kind, String type, int orientation)
            throws IOException {
        Rectangle shape =
                new Rectangle(width / 2 - width / 8, height / 3, width / 5 + 1, height / 4 + 1);
        Path picture = folder.resolve("shape." + type);
        Files.write(picture, picture(width, height, shape, kind, type, orientation));
        for (Preprocessing rule : new Preprocessing[] {STRETCHED, CROPPED}) {
            Path model = folder.resolve(rule.resize().name());
            BrightDetector.export(model, rule);
            for (String decoding : new String[] {"exact", "scaled"}) {
                CommandRun run =
                        CommandRun.of(
                                "predict",
                                "--json",
                                "--jpeg-decoding",
                                decoding,
                                "-m",
                                model,
                                picture);

                assertThat(run.err()).isEmpty();
                JsonNode line = MAPPER.readTree(run.lines().get(0));
                assertThat(line.path("width").asInt()).isEqualTo(width);
                assertThat(line.path("height").asInt()).isEqualTo(height);
                assertThat(line.path("labels")).isEmpty();
                assertThat(line.path("detections")).hasSize(1);
                JsonNode found = line.path("detections").get(0);
                assertThat(found.path("index").asInt()).isZero();
                assertThat(found.path("name").asText()).isEqualTo("bright");
                assertThat(found.path("score").asDouble()).isEqualTo(0.75);
                // half a pixel of the network's input, whose edges are blurred
                double x = 0.75 * Math.max(1, width / 300.0) + 0.5;
                double y = 0.75 * Math.max(1, height / 300.0) + 0.5;
                JsonNode box = found.path("box");
                assertThat(box.get(0).asDouble()).isCloseTo(shape.getMinX(), within(x));
                assertThat(box.get(1).asDouble()).isCloseTo(shape.getMinY(), within(y));
                assertThat(box.get(2).asDouble()).isCloseTo(shape.getMaxX(), within(x));
                assertThat(box.get(3).asDouble()).isCloseTo(shape.getMaxY(), within(y));
            }
        }
    }

    @Test
    void drawsBoxesOnThePicture() throws IOException {
        Path picture = folder.resolve("shape.png");
        Rectangle shape = new Rectangle(40, 30, 50, 60);
        Files.write(picture, picture(200, 150, shape, "rgb", "png", 0));
        BrightDetector.export(folder.resolve("bright"), STRETCHED);
        Path drawn = folder.resolve("drawn");

        CommandRun run =
                CommandRun.of("predict", "-m", folder.resolve("bright"), "--draw", drawn, picture);

        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("0.7500  bright  [");
        BufferedImage image = ImageIO.read(drawn.resolve("shape.png.png").toFile());
        assertThat(image.getWidth()).isEqualTo(200);
        assertThat(image.getHeight()).isEqualTo(150);
        assertThat(isRed(image.getRGB(40, 60))).isTrue();
        assertThat(isRed(image.getRGB(90, 60))).isTrue();
        assertThat(isRed(image.getRGB(65, 90))).isTrue();
        assertThat(new Color(image.getRGB(65, 60))).isEqualTo(Color.WHITE);
        assertThat(new Color(image.getRGB(150, 120))).isEqualTo(Color.BLACK);
    }

    private static boolean isRed(int rgb) {
        Color colour = new Color(rgb);
        return colour.getRed() > 200 && colour.getGreen() < 100;
    }

    @Test
    void findsNothingWhereNothingIsOrScoresAreLow() throws IOException {
        Path dark = folder.resolve("dark.png");
        Files.write(dark, picture(50, 40, new Rectangle(), "rgb", "png", 0));
        Path bright = folder.resolve("shape.png");
        Files.write(bright, picture(50, 40, new Rectangle(5, 5, 20, 20), "rgb", "png", 0));
        Path model = BrightDetector.export(folder.resolve("bright"), STRETCHED).path();

        CommandRun run = CommandRun.of("predict", "--min-score", 0.8, "-m", model, dark, bright);

        assertThat(run.exitCode()).isZero();
        assertThat(run.lines().stream().filter(line -> line.contains("nothing found"))).hasSize(2);
    }

    @Test
    void aPictureWhoseBoxIsNotFiniteFails() throws IOException {
        Path picture = folder.resolve("shape.png");
        Files.write(picture, picture(50, 40, new Rectangle(5, 5, 20, 20), "rgb", "png", 0));
        for (float added : new float[] {Float.NaN, Float.POSITIVE_INFINITY, -2}) {
            Path model =
                    BrightDetector.export(folder.resolve("bad"), STRETCHED, 0.75f, 1, added).path();

            CommandRun run = CommandRun.of("predict", "--json", "-m", model, picture);

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err()).contains("the network's output is not finite");
            assertThat(run.out()).isEmpty();
        }
    }

    @Test
    void boxesBeyondThePictureEndAtItsEdge() throws IOException {
        Path picture = folder.resolve("shape.png");
        Files.write(picture, picture(50, 40, new Rectangle(5, 5, 20, 20), "rgb", "png", 0));
        Path model = BrightDetector.export(folder.resolve("far"), STRETCHED, 0.75f, 1, 1000).path();

        CommandRun run = CommandRun.of("predict", "--json", "-m", model, picture);

        JsonNode box = MAPPER.readTree(run.lines().get(0)).path("detections").get(0).path("box");
        assertThat(box.get(2).asDouble()).isEqualTo(50);
    }

    @Test
    void refusesAModelWithMoreClassesThanLabels() throws IOException {
        Path picture = folder.resolve("shape.png");
        Files.write(picture, picture(50, 40, new Rectangle(5, 5, 20, 20), "rgb", "png", 0));
        Path model = BrightDetector.export(folder.resolve("two"), STRETCHED, 0.75f, 2, 0).path();

        CommandRun run = CommandRun.of("predict", "-m", model, picture);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("1 labels need boxes").doesNotContain("\tat ");
    }

    @Test
    void refusesOptionsForDetectorsWithAClassifier() throws IOException {
        Path picture = folder.resolve("shape.png");
        Files.write(picture, picture(50, 40, new Rectangle(5, 5, 20, 20), "rgb", "png", 0));
        Path model = TestModels.export(folder.resolve("compass")).path();
        for (Object[] option :
                new Object[][] {{"--iou", 0.3}, {"--max-boxes", 3}, {"--draw", folder}}) {
            CommandRun run = CommandRun.of("predict", option[0], option[1], "-m", model, picture);

            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err()).contains("for detectors; compass is a model for CLASSIFICATION");
        }
    }

    private static byte[] picture(
            int width, int height, Rectangle shape, String kind, String type, int orientation)
            throws IOException {
        BufferedImage image =
                new BufferedImage(
                        width,
                        height,
                        kind.equals("gray")
                                ? BufferedImage.TYPE_BYTE_GRAY
                                : BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = image.createGraphics();
        canvas.setColor(Color.WHITE);
        canvas.fill(shape);
        canvas.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, type, out);
        return orientation == 0 ? out.toByteArray() : turned(out.toByteArray(), orientation);
    }

    /** A JPEG with an EXIF orientation behind its first marker. */
    private static byte[] turned(byte[] jpeg, int orientation) {
        byte[] exif = {
            (byte) 0xFF,
            (byte) 0xE1,
            0,
            34,
            'E',
            'x',
            'i',
            'f',
            0,
            0,
            'M',
            'M',
            0,
            42,
            0,
            0,
            0,
            8,
            0,
            1,
            0x01,
            0x12,
            0,
            3,
            0,
            0,
            0,
            1,
            0,
            (byte) orientation,
            0,
            0,
            0,
            0,
            0,
            0
        };
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(jpeg, 0, 2);
        out.writeBytes(exif);
        out.write(jpeg, 2, jpeg.length - 2);
        return out.toByteArray();
    }
}
