package dev.iresnet.training;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;

/** Videos of a texture that moves to the left or to the right. */
public final class MovingTextures {
    private static final int SIDE = 20;

    private MovingTextures() {}

    /** As many videos of each class, of six to eight frames. */
    public static void write(Path to, int count, long seed) throws IOException {
        Random random = new Random(seed);
        for (int video = 0; video < count; video++) {
            for (Map.Entry<String, Integer> way : Map.of("left", 1, "right", -1).entrySet()) {
                Path directory = to.resolve(way.getKey()).resolve("video" + video);
                Files.createDirectories(directory);
                BufferedImage texture = texture(random);
                for (int frame = 0; frame < 6 + video % 3; frame++) {
                    int at = 20 + 2 * frame * way.getValue();
                    ImageIO.write(
                            texture.getSubimage(at, 0, SIDE, SIDE),
                            "png",
                            directory.resolve(frame + ".png").toFile());
                }
            }
        }
    }

    private static BufferedImage texture(Random random) {
        BufferedImage texture = new BufferedImage(60, SIDE, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < texture.getWidth(); x += 5) {
            int colour = random.nextInt(1 << 24);
            for (int i = 0; i < 5 * SIDE; i++) {
                texture.setRGB(x + i / SIDE, i % SIDE, colour);
            }
        }
        return texture;
    }
}
