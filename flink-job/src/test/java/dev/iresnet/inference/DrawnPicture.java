package dev.iresnet.inference;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * A black picture with a white rectangle in it.
 *
 * @param width pixels, as it is stored
 * @param height pixels, as it is stored
 * @param gray whether it has one channel
 * @param type {@code png} or {@code jpg}
 * @param orientation EXIF's, of a JPEG; 0 for none
 */
public record DrawnPicture(int width, int height, boolean gray, String type, int orientation) {
    /** An EXIF segment up to its orientation: big endian, with this one entry. */
    private static final String EXIF =
            "ffe10022457869660000" + "4d4d002a00000008" + "0001011200030000000100";

    /** Odd sizes, portrait, turned by EXIF, grey. */
    public static List<DrawnPicture> all() {
        return List.of(
                new DrawnPicture(640, 427, false, "png", 0),
                new DrawnPicture(641, 333, false, "jpg", 0),
                new DrawnPicture(301, 577, false, "jpg", 0),
                new DrawnPicture(577, 301, false, "jpg", 6),
                new DrawnPicture(299, 401, true, "jpg", 0),
                new DrawnPicture(257, 190, true, "png", 0),
                new DrawnPicture(1283, 717, false, "jpg", 3));
    }

    /** Where the rectangle is. */
    public Rectangle shape() {
        return new Rectangle(width / 2 - width / 8, height / 3, width / 5 + 1, height / 4 + 1);
    }

    /** The file. */
    public byte[] bytes() throws IOException {
        return bytes(shape());
    }

    /** The file with the rectangle elsewhere; an empty one is not seen. */
    public byte[] bytes(Rectangle shape) throws IOException {
        BufferedImage image =
                new BufferedImage(
                        width,
                        height,
                        gray ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = image.createGraphics();
        canvas.setColor(Color.WHITE);
        canvas.fill(shape);
        canvas.dispose();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ImageIO.write(image, type, file);
        return orientation == 0 ? file.toByteArray() : turned(file.toByteArray());
    }

    private byte[] turned(byte[] jpeg) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(jpeg, 0, 2);
        file.writeBytes(HexFormat.of().parseHex(EXIF));
        file.write(orientation);
        file.writeBytes(new byte[6]);
        file.write(jpeg, 2, jpeg.length - 2);
        return file.toByteArray();
    }
}
