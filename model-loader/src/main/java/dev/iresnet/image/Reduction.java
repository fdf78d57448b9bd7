package dev.iresnet.image;

import dev.iresnet.image.CropPlan.ResizedSize;

/**
 * A picture that its decoder makes smaller.
 *
 * @param width of the whole picture, pixels
 * @param height of the whole picture, pixels
 * @param ratio 1, 2, 4 or 8: what both sides are divided by, rounded up
 */
record Reduction(int width, int height, int ratio) {
    static final int MOST = 8;

    /** Of a picture that is decoded as it is. */
    static Reduction none(int width, int height) {
        return new Reduction(width, height, 1);
    }

    /** The largest that leaves at least the pixels that {@code rule} resizes to. */
    static Reduction most(Preprocessing rule, int width, int height) {
        ResizedSize to = ResizedSize.of(rule, width, height);
        int ratio = MOST;
        while (ratio > 1
                && (width < (long) ratio * to.width() || height < (long) ratio * to.height())) {
            ratio /= 2;
        }
        return new Reduction(width, height, ratio);
    }

    /** Pixels of the decoded picture, the last of which may lie partly outside the whole one. */
    int reducedWidth() {
        return (width + ratio - 1) / ratio;
    }

    int reducedHeight() {
        return (height + ratio - 1) / ratio;
    }
}
