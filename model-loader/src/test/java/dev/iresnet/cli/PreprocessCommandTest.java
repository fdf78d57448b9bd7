package dev.iresnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.file.Sha256;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreprocessCommandTest {
    private static final int NPY_HEADER = 128;

    @TempDir private Path directory;
    private Path pictures = Path.of("");
    private Path output = Path.of("");

    @BeforeEach
    void writePictures() throws IOException {
        pictures = Files.createDirectory(directory.resolve("pictures"));
        output = directory.resolve("made/as/needed");
        Files.createDirectory(pictures.resolve("sub"));
        PredictCommandTest.copy("tiny.jpg", pictures.resolve("tiny.jpg"));
        PredictCommandTest.copy("palette.png", pictures.resolve("sub/palette.png"));
    }

    @Test
    void writesTheReferenceCropAsNpyAndPng() throws IOException {
        CommandRun run = CommandRun.of("preprocess", "-o", output, pictures.resolve("tiny.jpg"));

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        byte[] npy = Files.readAllBytes(output.resolve("tiny.jpg.npy"));
        assertThat(new String(npy, 0, NPY_HEADER, StandardCharsets.ISO_8859_1))
                .startsWith("\u0093NUMPY\u0001\u0000v\u0000{'descr': '|u1', ")
                .contains("'shape': (224, 224, 3)")
                .endsWith(" \n");
        byte[] crop = Arrays.copyOfRange(npy, NPY_HEADER, npy.length);
        assertThat(crop).hasSize(224 * 224 * 3);
        assertThat(Files.readString(reference())).contains("tiny.jpg,imagenet," + Sha256.of(crop));

        BufferedImage png = ImageIO.read(output.resolve("tiny.jpg.png").toFile());
        assertThat(png.getRGB(5, 9) & 0xFFFFFF)
                .isEqualTo(
                        (crop[(9 * 224 + 5) * 3] & 0xFF) << 16
                                | (crop[(9 * 224 + 5) * 3 + 1] & 0xFF) << 8
                                | (crop[(9 * 224 + 5) * 3 + 2] & 0xFF));
    }

    private static Path reference() {
        return Path.of("src/test/resources/pictures/crops.csv");
    }

    @Test
    void followsAModelsRuleAndKeepsPlaces() {
        Path model = TestModels.export(directory.resolve("compass")).path();
        CommandRun run = CommandRun.of("preprocess", "-m", model, "-o", output, pictures);

        assertThat(run.exitCode()).isZero();
        assertThat(output.resolve("tiny.jpg.png")).exists();
        assertThat(output.resolve("sub/palette.png.npy")).hasSize(NPY_HEADER + 24 * 24 * 3);
    }

    @Test
    void namesTheFilesThatFailAndPreparesTheOthers() throws IOException {
        Path broken = Files.write(pictures.resolve("broken.jpg"), new byte[] {-1, -40, -1, -37});
        CommandRun run = CommandRun.of("preprocess", "-o", output, pictures);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).startsWith("iresnet: " + broken + ": JPEG ").hasLineCount(1);
        assertThat(output.resolve("tiny.jpg.npy")).exists();
        assertThat(output.resolve("broken.jpg.npy")).doesNotExist();
    }

    @Test
    void refusesTwoFilesOfOneName() throws IOException {
        PredictCommandTest.copy("tall.jpg", pictures.resolve("sub/tiny.jpg"));
        CommandRun run =
                CommandRun.of(
                        "preprocess",
                        "-o",
                        output,
                        pictures.resolve("tiny.jpg"),
                        pictures.resolve("sub/tiny.jpg"));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("would both be written to " + output.resolve("tiny.jpg"));
        assertThat(output).doesNotExist();
    }

    @Test
    void saysInASentenceThatItCannotWrite() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        CommandRun run = CommandRun.of("preprocess", "-o", file.resolve("below"), pictures);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).startsWith("iresnet: ").contains("Not a directory").hasLineCount(1);
        assertThat(CommandRun.of("preprocess", "-o", file, pictures.resolve("tiny.jpg")).err())
                .isEqualToIgnoringNewLines(
                        "iresnet: " + file + ": exists already, and is not a directory");
    }
}
