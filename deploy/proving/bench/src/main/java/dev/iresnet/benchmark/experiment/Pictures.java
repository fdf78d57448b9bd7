package dev.iresnet.benchmark.experiment;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Camera frames: photographs of a road, and the same enlarged. */
final class Pictures {
    private static final int WIDTH = 1920;
    private static final int HEIGHT = 1080;
    private static final float QUALITY = 0.9f;

    private Pictures() {}

    /** The JPEGs of a directory, by name. */
    static List<Path> in(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> pictures =
                    files.filter(file -> file.toString().endsWith(".jpg")).sorted().toList();
            if (pictures.isEmpty()) {
                throw new IOException(directory + " has no .jpg files");
            }
            return pictures;
        }
    }

    /** The same in 1080p, in another directory. */
    static List<Path> enlarged(List<Path> pictures, Path directory) throws IOException {
        List<Path> large = new ArrayList<>();
        for (Path picture : pictures) {
            Path file = directory.resolve(String.valueOf(picture.getFileName()));
            write(enlarged(ImageIO.read(picture.toFile())), file);
            large.add(file);
        }
        return large;
    }

    private static BufferedImage enlarged(BufferedImage picture) {
        BufferedImage large = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = large.createGraphics();
        graphics.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.drawImage(picture, 0, 0, WIDTH, HEIGHT, null);
        graphics.dispose();
        return large;
    }

    private static void write(BufferedImage picture, Path file) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality(QUALITY);
            writer.setOutput(out);
            writer.write(null, new IIOImage(picture, null, null), parameters);
        } finally {
            writer.dispose();
        }
    }
}
