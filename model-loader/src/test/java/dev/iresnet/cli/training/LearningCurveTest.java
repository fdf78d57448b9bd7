package dev.iresnet.cli.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearningCurveTest {
    @TempDir private Path folder;

    /** A loss that falls straight lies on the diagonal of the picture's left part. */
    @Test
    void drawsALossWhereItIs() throws IOException {
        BufferedImage falling = draw(2000, 0, step -> 2 - step / 1000.0);
        BufferedImage rising = draw(2000, 0, step -> step / 1000.0);

        List<int[]> blue = blue(falling);
        assertThat(blue).hasSizeGreaterThan(300);
        assertThat(slope(blue)).isPositive(); // rows count from the top
        assertThat(slope(blue(rising))).isNegative();
    }

    @Test
    void drawsARunOfOneStepAndOneMeasurement() throws IOException {
        assertThat(blue(draw(1, 1, step -> 1.5))).isNotEmpty();
    }

    private interface Loss {
        double at(int step);
    }

    private BufferedImage draw(int steps, int epochs, Loss loss) throws IOException {
        List<String> lines = new ArrayList<>();
        IntStream.range(0, steps)
                .mapToObj(
                        step ->
                                String.format(
                                        Locale.ROOT,
                                        "{\"step\":%d,\"loss\":%f}",
                                        step,
                                        loss.at(step)))
                .forEach(lines::add);
        for (int epoch = 0; epoch < epochs; epoch++) {
            lines.add(
                    "{\"epoch\":%d,\"validationLoss\":1,\"validationAccuracy\":0.5}"
                            .formatted(epoch));
        }
        Path log = folder.resolve("log");
        Files.write(log, lines);
        Path picture = folder.resolve("curve.png");
        LearningCurve.draw(log, "a curve", picture);
        return ImageIO.read(picture.toFile());
    }

    /** Pixels of the first series, without the legend below. */
    private static List<int[]> blue(BufferedImage image) {
        List<int[]> found = new ArrayList<>();
        for (int x = 0; x < image.getWidth(); x++) {
            for (int y = 0; y < image.getHeight() * 4 / 5; y++) {
                int rgb = image.getRGB(x, y);
                int red = (rgb >> 16) & 0xff;
                int green = (rgb >> 8) & 0xff;
                int blue = rgb & 0xff;
                if (blue > 150 && red < 100 && green < blue - 40) {
                    found.add(new int[] {x, y});
                }
            }
        }
        return found;
    }

    private static double slope(List<int[]> points) {
        double x = points.stream().mapToInt(point -> point[0]).average().orElseThrow();
        double y = points.stream().mapToInt(point -> point[1]).average().orElseThrow();
        return points.stream().mapToDouble(p -> (p[0] - x) * (p[1] - y)).sum();
    }
}
