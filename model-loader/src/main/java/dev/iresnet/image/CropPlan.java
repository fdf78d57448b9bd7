package dev.iresnet.image;

import dev.iresnet.image.Preprocessing.Resize;

/**
 * How pictures of one size become crops.
 *
 * @param sourceWidth pixels
 * @param sourceHeight pixels
 * @param columns taps of the crop's columns
 * @param rows taps of the crop's rows
 */
record CropPlan(int sourceWidth, int sourceHeight, Taps columns, Taps rows) {

    /** The plan of {@code rule} for pictures of {@code width} x {@code height} pixels. */
    static CropPlan of(Preprocessing rule, int width, int height) {
        int scaledWidth = rule.width();
        int scaledHeight = rule.height();
        if (rule.resize() == Resize.SHORTER_SIDE_THEN_CROP) {
            int shorter = Math.min(width, height);
            scaledWidth = scale(width, rule.resizeTo(), shorter);
            scaledHeight = scale(height, rule.resizeTo(), shorter);
        }
        return new CropPlan(
                width,
                height,
                centre(width, scaledWidth, rule.width()),
                centre(height, scaledHeight, rule.height()));
    }

    boolean fits(Raster picture) {
        return sourceWidth == picture.width() && sourceHeight == picture.height();
    }

    private static int scale(int side, int to, int shorter) {
        return Math.toIntExact((long) to * side / shorter);
    }

    private static Taps centre(int source, int scaled, int cropped) {
        // Python's round(), which the reference uses, takes halves to the even neighbour.
        int offset = (int) Math.rint((scaled - cropped) / 2.0);
        return Taps.bilinear(source, scaled, offset, cropped);
    }
}
