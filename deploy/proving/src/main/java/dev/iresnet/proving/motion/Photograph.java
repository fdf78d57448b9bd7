package dev.iresnet.proving.motion;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/** A photograph, and the same at a half, a quarter and so on of its size. Immutable. */
public final class Photograph {
    private static final int SMALLEST = 16;

    private final String name;
    private final List<BufferedImage> levels = new ArrayList<>();

    /** Of a picture without transparency. */
    Photograph(String name, BufferedImage image) {
        this.name = name;
        for (BufferedImage level = image;
                Math.min(level.getWidth(), level.getHeight()) >= SMALLEST;
                level = half(level)) {
            levels.add(level);
        }
        if (levels.isEmpty()) {
            throw new IllegalArgumentException(
                    "%s has %dx%d pixels: a photograph must have %d on each side"
                            .formatted(name, image.getWidth(), image.getHeight(), SMALLEST));
        }
    }

    /**
     * Reads a file that Java reads, such as JPEG or PNG.
     *
     * @throws IOException if it cannot; the message names the file
     */
    public static Photograph read(Path file) throws IOException {
        BufferedImage image;
        try {
            image = ImageIO.read(file.toFile());
        } catch (IOException e) {
            throw new IOException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
        }
        if (image == null) {
            throw new IOException(file + " is no picture that Java reads");
        }
        return new Photograph(
                String.valueOf(file.getFileName()).replaceFirst("\\.[^.]*$", ""), image);
    }

    private static BufferedImage half(BufferedImage image) {
        int width = image.getWidth() / 2;
        int height = image.getHeight() / 2;
        BufferedImage half = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = half.createGraphics();
        graphics.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(image, 0, 0, width, height, null);
        graphics.dispose();
        return half;
    }

    /** Of the file, without its suffix. */
    public String name() {
        return name;
    }

    int width() {
        return levels.get(0).getWidth();
    }

    int height() {
        return levels.get(0).getHeight();
    }

    /**
     * The colour at a place, between pixels by their distance.
     *
     * @param x in pixels of the photograph, 0 at its left edge
     * @param y in pixels of the photograph, 0 at its upper edge
     * @param scale pixels of the photograph that one value is to stand for
     * @param rgb receives red, green and blue, 0..255
     */
    void sample(double x, double y, double scale, double[] rgb) {
        int level = 0;
        while (level + 1 < levels.size() && scale >= 1.5 * (1 << level)) {
            level++;
        }
        BufferedImage image = levels.get(level);
        double atX = x * image.getWidth() / width() - 0.5;
        double atY = y * image.getHeight() / height() - 0.5;
        int left = (int) Math.floor(atX);
        int top = (int) Math.floor(atY);
        rgb[0] = 0;
        rgb[1] = 0;
        rgb[2] = 0;
        for (int i = 0; i < 4; i++) {
            int px = left + i % 2;
            int py = top + i / 2;
            double share = (1 - Math.abs(atX - px)) * (1 - Math.abs(atY - py));
            int colour =
                    image.getRGB(
                            Math.max(0, Math.min(px, image.getWidth() - 1)),
                            Math.max(0, Math.min(py, image.getHeight() - 1)));
            rgb[0] += share * (colour >> 16 & 0xFF);
            rgb[1] += share * (colour >> 8 & 0xFF);
            rgb[2] += share * (colour & 0xFF);
        }
    }
}
