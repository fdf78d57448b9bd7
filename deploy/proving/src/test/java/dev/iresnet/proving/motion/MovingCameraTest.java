package dev.iresnet.proving.motion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

class MovingCameraTest {
    private static final MovingCamera CAMERA = new MovingCamera(32, 24, 8, 8);

    @TempDir private Path folder;

    /** Red grows to the right, green downwards: a frame's mean says where it looks. */
    private static Photograph slopes() {
        BufferedImage image = new BufferedImage(200, 150, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 150; y++) {
            for (int x = 0; x < 200; x++) {
                image.setRGB(x, y, (50 + x) << 16 | (50 + y) << 8);
            }
        }
        return new Photograph("slopes", image);
    }

    private static double mean(BufferedImage frame, int left, int top, int shift) {
        double sum = 0;
        for (int i = 0; i < 64; i++) {
            sum += frame.getRGB(left + i % 8, top + i / 8) >> shift & 0xFF;
        }
        return sum / 64;
    }

    /** Signs of: red and green in the middle; red at the right edge; green at the right edge. */
    @ParameterizedTest
    @CsvSource({
        "STILL,0,0,0,0",
        "PAN_LEFT,-1,0,-1,0",
        "PAN_RIGHT,1,0,1,0",
        "PAN_UP,0,-1,0,-1",
        "PAN_DOWN,0,1,0,1",
        "ZOOM_IN,0,0,-1,0",
        "ZOOM_OUT,0,0,1,0",
        "TURN_LEFT,0,0,0,-1",
        "TURN_RIGHT,0,0,0,1"
    })
    void seesMoreOfWhatItMovesTo(
            Motion motion, int red, int green, int redAtRight, int greenAtRight) {
        Photograph photograph = slopes();
        View first = new View(100, 75, 2, 0);
        View last = first.after(motion, motion.name().startsWith("PAN") ? 5 : 0.3);
        assertThat(sign(last.seenX(0, 0) - first.seenX(0, 0))).isEqualTo(red);
        assertThat(sign(last.seenY(0, 0) - first.seenY(0, 0))).isEqualTo(green);
        assertThat(sign(last.seenX(16, 0) - first.seenX(16, 0), 1.5)).isEqualTo(redAtRight);
        assertThat(sign(last.seenY(16, 0) - first.seenY(16, 0))).isEqualTo(greenAtRight);
        assertThat(last.isInside(photograph, 32, 24)).isTrue();
    }

    private static int sign(double difference) {
        return sign(difference, 1e-9);
    }

    private static int sign(double difference, double least) {
        return Math.abs(difference) < least ? 0 : difference > 0 ? 1 : -1;
    }

    @Test
    void showsInAFrameWhatTheViewSees() {
        int seen = 0;
        for (int seed = 0; seed < 24; seed++) {
            List<BufferedImage> down =
                    CAMERA.clip(slopes(), Motion.PAN_DOWN, new Random(9_973L * seed));
            assertThat(mean(down.get(7), 12, 8, 8)).isGreaterThan(mean(down.get(0), 12, 8, 8) + 3);
            List<BufferedImage> left =
                    CAMERA.clip(slopes(), Motion.PAN_LEFT, new Random(9_973L * seed));
            // the photograph may be mirrored
            double red = mean(left.get(7), 12, 8, 16) - mean(left.get(0), 12, 8, 16);
            assertThat(Math.abs(red)).isGreaterThan(3);
            seen |= red > 0 ? 1 : 2;
        }
        assertThat(seen).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource
    void makesTheSameClipOfTheSameSeedAndShowsNothingBeyondThePhotograph(Motion motion) {
        List<BufferedImage> clip = CAMERA.clip(slopes(), motion, new Random(4));
        List<BufferedImage> again = CAMERA.clip(slopes(), motion, new Random(4));
        assertThat(clip).hasSize(8);
        for (int frame = 0; frame < 8; frame++) {
            int[] pixels = clip.get(frame).getRGB(0, 0, 32, 24, null, 0, 32);
            assertThat(again.get(frame).getRGB(0, 0, 32, 24, null, 0, 32)).isEqualTo(pixels);
            // beyond its edges there is black
            assertThat(IntStream.of(pixels).map(rgb -> rgb >> 16 & 0xFF).min().orElse(0))
                    .isGreaterThan(25);
        }
    }

    @Test
    void writesADirectoryForEachMotionWithDirectoriesOfFrames() throws IOException {
        Path photograph = folder.resolve("slope.png");
        BufferedImage image = new BufferedImage(120, 90, BufferedImage.TYPE_INT_RGB);
        ImageIO.write(image, "png", photograph.toFile());
        Path output = folder.resolve("clips");
        String[] arguments = {
            folder.toString(), "--output", output.toString(), "--clips", "2", "--frames", "3"
        };

        assertThat(new CommandLine(new MotionMain()).execute(arguments)).isZero();

        try (Stream<Path> files = Files.walk(output)) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(9 * 2 * 3);
        }
        Path frame = output.resolve("pan left/slope-0001/02.jpg");
        assertThat(ImageIO.read(frame.toFile()).getWidth()).isEqualTo(96);
        MotionMain again = CommandLine.populateCommand(new MotionMain(), arguments);
        assertThatThrownBy(again::call).hasMessageContaining("clips is not empty");
    }

    @Test
    void tellsWhatIsNoPhotograph() throws IOException {
        Path text = Files.writeString(folder.resolve("text.jpg"), "no picture");
        assertThatThrownBy(() -> Photograph.read(text))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("text.jpg is no picture");
        assertThatThrownBy(() -> new MovingCamera(4, 24, 8, 8))
                .hasMessageContaining("got 8 of 4x24");
    }

    @Test
    void namesFramesInTheirOrder() throws IOException {
        List<BufferedImage> clip = new ArrayList<>();
        for (int frame = 0; frame < 101; frame++) {
            clip.add(new BufferedImage(8 + frame, 8, BufferedImage.TYPE_INT_RGB));
        }

        MovingCamera.write(clip, folder);

        List<Integer> widths = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                widths.add(ImageIO.read(file.toFile()).getWidth());
            }
        }
        assertThat(widths).hasSize(101).isSorted();
    }
}
