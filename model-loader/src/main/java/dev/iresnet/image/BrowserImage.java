package dev.iresnet.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * A picture as a file that any browser shows. JPEG and PNG files stay what they are, once they have
 * passed the checks that come before decoding; raw pixels become a BMP file, every so many pixels
 * left out.
 *
 * @param mediaType such as {@code image/png}
 * @param bytes the file; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // bytes in transit, never compared
public record BrowserImage(String mediaType, byte[] bytes) {

    /** Longest side of what raw pixels become. */
    static final int MAX_RAW_SIDE = 640;

    /**
     * Checks sizes and structure; compressed pixels are not decoded.
     *
     * @throws ImageException if it is beyond {@code limits}, or not what its encoding says
     */
    public static BrowserImage of(EncodedImage image, DecodeLimits limits) throws ImageException {
        ByteBuffer bytes = image.bytes();
        limits.checkBytes(image.encoding(), bytes.remaining());
        return switch (image.encoding()) {
            case JPEG -> {
                JpegHeader.check(bytes, limits);
                yield new BrowserImage("image/jpeg", copy(bytes));
            }
            case PNG -> new BrowserImage("image/png", PngHeader.essential(bytes, limits));
            case RGB, BGR, GRAY, NV12, I420 ->
                    new BrowserImage("image/bmp", bmp(RawRaster.of(image, limits)));
        };
    }

    private static byte[] copy(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(bytes.position(), copy);
        return copy;
    }

    private static byte[] bmp(Raster raster) {
        int step = (Math.max(raster.width(), raster.height()) + MAX_RAW_SIDE - 1) / MAX_RAW_SIDE;
        int width = (raster.width() + step - 1) / step;
        int height = (raster.height() + step - 1) / step;
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        byte[] row = new byte[raster.width() * 3];
        for (int y = 0; y < height; y++) {
            raster.readRow(y * step, 0, raster.width(), row);
            for (int x = 0; x < width; x++) {
                int at = x * step * 3;
                int red = row[at] & 0xFF;
                int green = row[at + 1] & 0xFF;
                image.setRGB(x, y, (red << 16) | (green << 8) | (row[at + 2] & 0xFF));
            }
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        // ImageIO's own stream around an OutputStream writes a temporary file
        try (var out = new MemoryCacheImageOutputStream(file)) {
            if (!ImageIO.write(image, "bmp", out)) {
                throw new IllegalStateException("every Java writes BMP");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory can be written to", e);
        }
        return file.toByteArray();
    }
}
