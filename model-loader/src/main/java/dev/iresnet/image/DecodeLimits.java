package dev.iresnet.image;

import dev.iresnet.image.ImageException.Reason;

/**
 * What a single picture may cost, checked on its header before memory is taken for it. Whatever
 * these limits, a side is at most {@value #MAX_SIDE} pixels, JPEG's own limit.
 *
 * @param maxBytes bytes as they arrive, encoded or raw
 * @param maxPixels width x height, at most {@value #MOST_PIXELS} (TensorFlow's decoders take no
 *     more). While a picture is being decoded it takes 3 bytes of native memory a pixel, a
 *     progressive JPEG up to 11.
 */
public record DecodeLimits(int maxBytes, long maxPixels) {
    /** Longest side of a picture, pixels. */
    public static final int MAX_SIDE = 65_535;

    /** The most that {@link #maxPixels} can be set to. */
    public static final long MOST_PIXELS = 178_000_000L;

    /** 16 MiB encoded, 50 megapixels. */
    public static final DecodeLimits DEFAULT = new DecodeLimits(16 << 20, 50_000_000L);

    public DecodeLimits {
        if (maxBytes < 1) {
            throw new IllegalArgumentException(
                    "image.max-bytes must be at least 1, got " + maxBytes);
        }
        if (maxPixels < 1 || maxPixels > MOST_PIXELS) {
            throw new IllegalArgumentException(
                    "image.max-pixels must be 1.." + MOST_PIXELS + ", got " + maxPixels);
        }
    }

    void checkBytes(Encoding encoding, int bytes) throws ImageException {
        if (bytes > maxBytes) {
            throw new ImageException(
                    Reason.TOO_LARGE,
                    "%s of %d bytes is larger than image.max-bytes = %d"
                            .formatted(encoding, bytes, maxBytes));
        }
    }

    /** Sides are taken as {@code long} because a hostile PNG can name any 32-bit number. */
    void checkSize(Encoding encoding, long width, long height) throws ImageException {
        if (width < 1 || height < 1) {
            throw new ImageException(
                    Reason.BAD_SIZE,
                    "%s of %dx%d pixels: both sides must be at least 1"
                            .formatted(encoding, width, height));
        }
        if (width > MAX_SIDE || height > MAX_SIDE) {
            throw new ImageException(
                    Reason.TOO_LARGE,
                    "%s of %dx%d pixels: a side is at most %d"
                            .formatted(encoding, width, height, MAX_SIDE));
        }
        if (width * height > maxPixels) {
            throw new ImageException(
                    Reason.TOO_LARGE,
                    "%s of %dx%d pixels has more than image.max-pixels = %d"
                            .formatted(encoding, width, height, maxPixels));
        }
    }
}
