package dev.iresnet.image;

import dev.iresnet.image.ImageException.Reason;
import java.nio.ByteBuffer;

/** Raw pixels, read where they lie. */
abstract sealed class RawRaster implements Raster {
    private final int width;
    private final int height;
    final ByteBuffer bytes;
    final int start;

    private RawRaster(EncodedImage image) {
        this.width = image.width();
        this.height = image.height();
        this.bytes = image.bytes();
        this.start = image.bytes().position();
    }

    /**
     * A view of a raw picture's bytes.
     *
     * @throws ImageException if the size is not allowed, or the bytes are not as many as it asks
     *     for
     */
    static RawRaster of(EncodedImage image, DecodeLimits limits) throws ImageException {
        limits.checkSize(image.encoding(), image.width(), image.height());
        RawRaster raster =
                switch (image.encoding()) {
                    case RGB -> new Interleaved(image, false);
                    case BGR -> new Interleaved(image, true);
                    case GRAY -> new Gray(image);
                    case NV12 -> new Yuv420(image, 2, 1);
                    case I420 -> new Yuv420(image, 1, image.width() / 2 * (image.height() / 2));
                    case JPEG, PNG ->
                            throw new IllegalArgumentException(image.encoding() + " is not raw");
                };
        raster.check(image);
        limits.checkWork(
                image.encoding(),
                () -> "%dx%d pixels".formatted(image.width(), image.height()),
                raster.work());
        return raster;
    }

    /** In the unit of {@link DecodeLimits}. */
    long work() {
        return DecodeLimits.FIXED + (long) width * height;
    }

    private void check(EncodedImage image) throws ImageException {
        boolean odd = width % 2 != 0 || height % 2 != 0;
        if (this instanceof Yuv420 && odd) {
            throw new ImageException(
                    Reason.BAD_SIZE,
                    "%s of %dx%d pixels: both sides must be even"
                            .formatted(image.encoding(), width, height));
        }
        long wanted = (long) width * height * halfBytesPerPixel() / 2;
        if (bytes.remaining() != wanted) {
            throw new ImageException(
                    Reason.WRONG_LENGTH,
                    "%s of %dx%d pixels takes %d bytes, got %d"
                            .formatted(image.encoding(), width, height, wanted, bytes.remaining()));
        }
    }

    /** In halves, for a pixel of YUV 4:2:0 takes one and a half. */
    abstract int halfBytesPerPixel();

    @Override
    public int width() {
        return width;
    }

    @Override
    public int height() {
        return height;
    }

    private static final class Interleaved extends RawRaster {
        private final boolean blueFirst;

        Interleaved(EncodedImage image, boolean blueFirst) {
            super(image);
            this.blueFirst = blueFirst;
        }

        @Override
        int halfBytesPerPixel() {
            return 6;
        }

        @Override
        public void readRow(int y, int from, int to, byte[] rgb) {
            int length = (to - from) * 3;
            bytes.get(start + (y * width() + from) * 3, rgb, 0, length);
            if (blueFirst) {
                for (int i = 0; i < length; i += 3) {
                    byte first = rgb[i];
                    rgb[i] = rgb[i + 2];
                    rgb[i + 2] = first;
                }
            }
        }
    }

    private static final class Gray extends RawRaster {
        Gray(EncodedImage image) {
            super(image);
        }

        @Override
        int halfBytesPerPixel() {
            return 2;
        }

        @Override
        public void readRow(int y, int from, int to, byte[] rgb) {
            int at = start + y * width();
            for (int x = from, i = 0; x < to; x++) {
                byte value = bytes.get(at + x);
                rgb[i++] = value;
                rgb[i++] = value;
                rgb[i++] = value;
            }
        }
    }

    /**
     * YUV 4:2:0 by BT.601 in video range (Y 16..235, U and V 16..240), each U and V standing for
     * its four pixels as they are. That is what OpenCV's {@code COLOR_YUV2RGB_NV12} and {@code
     * _I420} make of such a buffer, with the same fixed-point arithmetic.
     */
    private static final class Yuv420 extends RawRaster {
        private static final int SHIFT = 20;
        private static final int HALF = 1 << (SHIFT - 1);
        private static final int Y = 1_220_542; // 1.164 = 255/219
        private static final int V_TO_RED = 1_673_527; // 1.596
        private static final int V_TO_GREEN = -852_492; // -0.813
        private static final int U_TO_GREEN = -409_993; // -0.391
        private static final int U_TO_BLUE = 2_116_026; // 2.018

        private final int chromaStep;
        private final int toV;

        /**
         * @param chromaStep bytes from one U to the next
         * @param toV bytes from a U to its V
         */
        Yuv420(EncodedImage image, int chromaStep, int toV) {
            super(image);
            this.chromaStep = chromaStep;
            this.toV = toV;
        }

        @Override
        int halfBytesPerPixel() {
            return 3;
        }

        @Override
        public void readRow(int y, int from, int to, byte[] rgb) {
            int luma = start + y * width();
            int chroma = start + width() * height() + y / 2 * (width() / 2 * chromaStep);
            for (int x = from, i = 0; x < to; x++, i += 3) {
                int lumaTerm = Math.max((bytes.get(luma + x) & 0xFF) - 16, 0) * Y + HALF;
                int u = (bytes.get(chroma + x / 2 * chromaStep) & 0xFF) - 128;
                int v = (bytes.get(chroma + x / 2 * chromaStep + toV) & 0xFF) - 128;
                rgb[i] = toByte(lumaTerm + V_TO_RED * v);
                rgb[i + 1] = toByte(lumaTerm + V_TO_GREEN * v + U_TO_GREEN * u);
                rgb[i + 2] = toByte(lumaTerm + U_TO_BLUE * u);
            }
        }

        private static byte toByte(int value) {
            return (byte) Math.max(0, Math.min(255, value >> SHIFT));
        }
    }
}
