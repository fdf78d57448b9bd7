package dev.iresnet.image;

/**
 * How a crop lies in the picture that it was made of. The crop's point (x, y), in pixels from its
 * left and its top edge, is the picture's point ({@code offsetX + scaleX x}, {@code offsetY +
 * scaleY y}), however much of the picture was decoded.
 *
 * @param pictureWidth pixels, 1 or more
 * @param pictureHeight pixels, 1 or more
 * @param scaleX pixels of the picture for a pixel of the crop, above 0
 * @param scaleY pixels of the picture for a pixel of the crop, above 0
 * @param offsetX of the crop's left edge, pixels of the picture, 0 or more
 * @param offsetY of the crop's top edge, pixels of the picture, 0 or more
 */
public record CropGeometry(
        int pictureWidth,
        int pictureHeight,
        double scaleX,
        double scaleY,
        double offsetX,
        double offsetY) {
    public CropGeometry {
        if (pictureWidth < 1 || pictureHeight < 1) {
            throw new IllegalArgumentException(
                    "a picture's sides must be 1 or more, got %dx%d"
                            .formatted(pictureWidth, pictureHeight));
        }
        if (!isFrom(Double.MIN_VALUE, scaleX) || !isFrom(Double.MIN_VALUE, scaleY)) {
            throw new IllegalArgumentException(
                    "scales must be above 0, got %s and %s".formatted(scaleX, scaleY));
        }
        if (!isFrom(0, offsetX) || !isFrom(0, offsetY)) {
            throw new IllegalArgumentException(
                    "offsets must be 0 or more, got %s and %s".formatted(offsetX, offsetY));
        }
    }

    private static boolean isFrom(double least, double value) {
        return value >= least && Double.isFinite(value);
    }

    /** Of a picture that already has the size of the rule's crop. */
    public static CropGeometry whole(Preprocessing rule) {
        return new CropGeometry(rule.width(), rule.height(), 1, 1, 0, 0);
    }

    /** Pixels from the picture's left edge, 0 to its width, of a point of the crop. */
    public double pictureX(double x) {
        return Math.max(0, Math.min(pictureWidth, offsetX + scaleX * x));
    }

    /** Pixels from the picture's top edge, 0 to its height, of a point of the crop. */
    public double pictureY(double y) {
        return Math.max(0, Math.min(pictureHeight, offsetY + scaleY * y));
    }
}
