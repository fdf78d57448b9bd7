package dev.iresnet.image;

import dev.iresnet.image.ImageException.Reason;
import java.io.Serializable;
import java.util.function.Supplier;

/**
 * What a single picture may cost, checked on its header and its structure before memory is taken
 * for it. Whatever these limits, a side is at most {@value #MAX_SIDE} pixels, JPEG's own limit.
 *
 * <p>Work is counted from the bytes alone, so that a picture is refused on each machine or on none.
 * Its unit is about what it takes to go over one sample once. A picture asks for {@value #FIXED}
 * and, besides,
 *
 * <ul>
 *   <li>JPEG, four times where it is in CMYK: 3 a pixel, 1 for each sample of each scan's
 *       components (in whole blocks, as they are coded), {@value JpegWork#RESTART} a restart
 *       interval, {@value JpegWork#BYTE} a byte
 *   <li>PNG: 3 a pixel, {@value PngPixels#INTERLACED} more if it is interlaced, {@value
 *       PngPixels#BYTE} a byte of unpacked rows, {@value PngPixels#PACKED_BYTE} a byte of the file
 *   <li>raw: 1 a pixel
 * </ul>
 *
 * @param maxBytes bytes as they arrive, encoded or raw
 * @param maxPixels width x height, at most {@value #MOST_PIXELS} (TensorFlow's decoders take no
 *     more); of a JPEG in CMYK, which takes more memory, 11/15 of them
 * @param maxWork in the unit above, 1 or more
 */
public record DecodeLimits(int maxBytes, long maxPixels, long maxWork) implements Serializable {
    /** Longest side of a picture, pixels. */
    public static final int MAX_SIDE = 65_535;

    /** The most that {@link #maxPixels} can be set to. */
    public static final long MOST_PIXELS = 178_000_000L;

    /**
     * Work for each pixel of {@code image.max-pixels} where no limit is set: twelve scans over
     * three components in full resolution (36), the pixels themselves (3), and a file of 16 MiB,
     * with a rest.
     */
    public static final int WORK_PER_PIXEL = 48;

    /** Work of the smallest picture: TensorFlow's and our own overhead. */
    static final long FIXED = 400_000;

    /** Coefficients, for components in full resolution, and pixels, three bytes. */
    private static final int MOST_BYTES_PER_PIXEL = 4 * Short.BYTES + 3;

    /** The same for CMYK: pixels twice, and black. */
    private static final int MOST_BYTES_PER_CMYK_PIXEL = 4 * Short.BYTES + 3 + 3 + 1;

    /** 16 MiB encoded, 50 megapixels, and work as it follows. */
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
        if (maxWork < 1) {
            throw new IllegalArgumentException("image.max-work must be at least 1, got " + maxWork);
        }
    }

    /** With {@value #WORK_PER_PIXEL} of work for each pixel. */
    public DecodeLimits(int maxBytes, long maxPixels) {
        this(maxBytes, maxPixels, WORK_PER_PIXEL * maxPixels);
    }

    /**
     * Bytes of native memory that a picture takes at most while it is decoded: a copy of the file,
     * 3 bytes a pixel, and all coefficients of a JPEG of several scans, 2 bytes for each of up to
     * four samples a pixel.
     */
    public long nativeBytes() {
        return maxBytes + MOST_BYTES_PER_PIXEL * maxPixels;
    }

    /**
     * The message has the picture, its work and the limit.
     *
     * @param picture asked only for the message
     */
    void checkWork(Encoding encoding, Supplier<String> picture, long work) throws ImageException {
        if (work > maxWork) {
            throw new ImageException(
                    Reason.TOO_COMPLEX,
                    "%s of %s asks for %d of decoding work, more than image.max-work = %d"
                            .formatted(encoding, picture.get(), work, maxWork));
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

    /** A picture in CMYK must fit in the memory that one of the most pixels takes. */
    void checkCmyk(int width, int height) throws ImageException {
        long most = maxPixels * MOST_BYTES_PER_PIXEL / MOST_BYTES_PER_CMYK_PIXEL;
        if ((long) width * height > most) {
            throw new ImageException(
                    Reason.TOO_LARGE,
                    "JPEG of %dx%d pixels in CMYK has more than %d, as image.max-pixels = %d allows in CMYK"
                            .formatted(width, height, most, maxPixels));
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
