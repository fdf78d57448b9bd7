package dev.iresnet.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A picture as a file that any browser shows. JPEG and PNG files stay what they are, once they have
 * passed the checks that come before decoding; raw pixels become a BMP file, every so many pixels
 * left out.
 *
 * @param mediaType such as {@code image/png}
 * @param bytes the file; nobody may change them
 */
@SuppressWarnings("ArrayRecordComponent") // bytes in transit, never compared
public record BrowserImage(String mediaType, byte[] bytes) {

    /** Longest side of what raw pixels become. */
    static final int MAX_RAW_SIDE = 640;

    private static final int BMP_HEADERS = 54;
    private static final int BMP_INFO = 40;

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

    /** Rows from the bottom up, blue first, each padded to four bytes. */
    private static byte[] bmp(Raster raster) {
        int step = (Math.max(raster.width(), raster.height()) + MAX_RAW_SIDE - 1) / MAX_RAW_SIDE;
        int width = (raster.width() + step - 1) / step;
        int height = (raster.height() + step - 1) / step;
        int stride = (width * 3 + 3) & ~3;
        byte[] bytes = new byte[BMP_HEADERS + stride * height];
        ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        putHeader(file, width, height);
        byte[] row = new byte[raster.width() * 3];
        for (int y = height - 1; y >= 0; y--) {
            raster.readRow(y * step, 0, raster.width(), row);
            int start = file.position();
            for (int x = 0; x < width; x++) {
                int at = x * step * 3;
                file.put(row[at + 2]).put(row[at + 1]).put(row[at]);
            }
            file.position(start + stride);
        }
        return bytes;
    }

    private static void putHeader(ByteBuffer file, int width, int height) {
        file.put((byte) 'B')
                .put((byte) 'M')
                .putInt(file.capacity())
                .putInt(0)
                .putInt(BMP_HEADERS)
                .putInt(BMP_INFO)
                .putInt(width)
                .putInt(height)
                .putShort((short) 1) // planes
                .putShort((short) 24) // bits a pixel
                .putInt(0) // not compressed
                .putInt(file.capacity() - BMP_HEADERS)
                .putInt(0)
                .putInt(0)
                .putInt(0)
                .putInt(0);
    }
}
