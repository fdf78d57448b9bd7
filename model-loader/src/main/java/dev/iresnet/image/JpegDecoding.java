package dev.iresnet.image;

import java.util.Locale;

/** How JPEG files are decoded that have more pixels than a crop needs. */
public enum JpegDecoding {
    /** Every pixel, as the reference preprocessing does: crops are Pillow's, bit for bit. */
    EXACT,

    /**
     * At 1/2, 1/4 or 1/8 of the size, inside the inverse DCT: the smallest of these that is not
     * smaller than what the picture is resized to. Faster the larger the picture is; crops differ
     * by about 1 of 255 in the mean. They are, bit for bit, what Pillow makes after {@code
     * Image.draft}, with the whole picture as the box of the resize.
     */
    SCALED;

    /** As it is written in configurations and on command lines. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
