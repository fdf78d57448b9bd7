package dev.iresnet.training.detection;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;

/** Pictures with red squares and blue discs, and VOC's annotations of them. */
public final class DrawnPictures {
    public static final int WIDTH = 200;
    public static final int HEIGHT = 160;

    /** In the order of the labels. */
    public static final List<String> LABELS = List.of("disc", "square");

    private DrawnPictures() {}

    /** Writes {@code 0.png}, {@code 0.xml} and so on, each with two objects, in a directory. */
    public static void write(Path directory, int count) throws IOException {
        Files.createDirectories(directory);
        Random random = new Random(8);
        for (int i = 0; i < count; i++) {
            BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
            Graphics2D pen = picture.createGraphics();
            pen.setColor(new Color(90, 110, 100));
            pen.fillRect(0, 0, WIDTH, HEIGHT);
            StringBuilder objects = new StringBuilder();
            for (int half = 0; half < 2; half++) {
                boolean square = random.nextBoolean();
                int side = 40 + random.nextInt(40);
                int x = half * WIDTH / 2 + 5 + random.nextInt(15);
                int y = 5 + random.nextInt(HEIGHT - side - 10);
                pen.setColor(square ? Color.RED : Color.BLUE);
                if (square) {
                    pen.fillRect(x, y, side, side);
                } else {
                    pen.fillOval(x, y, side, side);
                }
                objects.append(object(square, x, y, side));
            }
            pen.dispose();
            ImageIO.write(picture, "png", directory.resolve(i + ".png").toFile());
            Files.writeString(
                    directory.resolve(i + ".xml"), "<annotation>" + objects + "</annotation>");
        }
    }

    private static String object(boolean square, int x, int y, int side) {
        return """
               <object><name>%s</name><difficult>0</difficult><bndbox><xmin>%d</xmin>\
               <ymin>%d</ymin><xmax>%d</xmax><ymax>%d</ymax></bndbox></object>"""
                .formatted(LABELS.get(square ? 1 : 0), x, y, x + side, y + side);
    }
}
