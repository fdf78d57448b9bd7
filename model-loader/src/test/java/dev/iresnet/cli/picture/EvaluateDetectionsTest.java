package dev.iresnet.cli.picture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.iresnet.cli.CommandRun;
import dev.iresnet.cli.TestModels;
import dev.iresnet.image.Preprocessing;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateDetectionsTest {
    @TempDir private Path folder;
    private Path model;

    @BeforeEach
    void writePictures() throws IOException {
        model = folder.resolve("models/bright");
        BrightDetector.export(model, Preprocessing.IMAGENET.stretchedTo(300));
        write("a", 30);
        write("b", 90);
    }

    /** A white square of 60x60 in a black picture, said to be where it is in "a", not in "b". */
    private void write(String name, int annotated) throws IOException {
        BufferedImage image = new BufferedImage(300, 300, BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = image.createGraphics();
        canvas.setColor(Color.WHITE);
        canvas.fillRect(30, 30, 60, 60);
        canvas.dispose();
        Path pictures = Files.createDirectories(folder.resolve("data/JPEGImages"));
        ImageIO.write(image, "png", pictures.resolve(name + ".png").toFile());
        Files.writeString(
                Files.createDirectories(folder.resolve("data/Annotations")).resolve(name + ".xml"),
                ("<annotation><object><name>bright</name><bndbox><xmin>%d</xmin><ymin>30</ymin>"
                                + "<xmax>%d</xmax><ymax>90</ymax></bndbox></object></annotation>")
                        .formatted(annotated, annotated + 60));
    }

    @Test
    void tellsThePrecisionByVocFiles() throws IOException {
        CommandRun run = CommandRun.of("evaluate", "--json", "-m", model, folder.resolve("data"));

        assertThat(run.err()).isEmpty();
        JsonNode json = new ObjectMapper().readTree(run.out());
        assertThat(json.path("count").asInt()).isEqualTo(2);
        // one of two objects is found, by the first of two equal scores: 51 of 101 recalls
        assertThat(json.path("map50").asDouble()).isBetween(0.504, 0.505);
        assertThat(json.path("map").asDouble()).isBetween(0.504, 0.505);
        assertThat(json.path("classes").get(0).path("count").asInt()).isEqualTo(2);
    }

    @Test
    void namesPicturesWhoseBoxesHaveNoArea() throws IOException {
        Path file = folder.resolve("data/Annotations/b.xml");
        // ends before it begins
        Files.writeString(file, Files.readString(file).replace("<xmax>150", "<xmax>50"));

        CommandRun run = CommandRun.of("evaluate", "-m", model, folder.resolve("data"));

        assertThat(run.exitCode()).isZero();
        assertThat(run.err())
                .isEqualToIgnoringNewLines(
                        "Mind: Annotated boxes without an area: 1, for example in JPEGImages/b.png."
                                + " They are never learned and never found.");
    }

    @Test
    void takesThePicturesOfASplit() throws IOException {
        Path split = Files.writeString(folder.resolve("test.txt"), "a\n");

        CommandRun run =
                CommandRun.of("evaluate", "--split", split, "-m", model, folder.resolve("data"));

        assertThat(run.lines()).contains("mAP@0.5        1.0000", "mAP@[.5:.95]   1.0000");

        Files.writeString(split, "a\nc\n");
        CommandRun missing =
                CommandRun.of("evaluate", "--split", split, "-m", model, folder.resolve("data"));
        assertThat(missing.exitCode()).isEqualTo(1);
        assertThat(missing.err()).contains("names 2 pictures, of which 1 are there");
    }

    @Test
    void refusesOptionsOfTheOtherTask() {
        CommandRun confusion =
                CommandRun.of("evaluate", "--confusion", "c.csv", "-m", model, folder);
        assertThat(confusion.exitCode()).isEqualTo(2);
        assertThat(confusion.err()).contains("--confusion is for classifiers");

        Path compass = TestModels.export(folder.resolve("compass")).path();
        CommandRun split = CommandRun.of("evaluate", "--split", "s", "-m", compass, folder);
        assertThat(split.exitCode()).isEqualTo(2);
        assertThat(split.err()).contains("--annotations and --split are for detectors");
    }
}
