package dev.iresnet.training.detection;

import java.util.Optional;

/**
 * An object to learn: a box in 0..1 of an input, from its left and its top edge.
 *
 * @param index of its class, from 0, the background not counted
 * @param left below {@code right}
 * @param top below {@code bottom}
 */
record LabelledBox(int index, double left, double top, double right, double bottom) {
    LabelledBox {
        if (!(left >= 0 && left < right && right <= 1 && top >= 0 && top < bottom && bottom <= 1)) {
            throw new IllegalArgumentException(
                    "a box must have an area within 0..1, got %s, %s to %s, %s"
                            .formatted(left, top, right, bottom));
        }
    }

    /**
     * The part of a box that is in 0..1; empty if it has no area there or its centre is outside.
     */
    static Optional<LabelledBox> clipped(
            int index, double left, double top, double right, double bottom) {
        double x = (left + right) / 2;
        double y = (top + bottom) / 2;
        double l = Math.max(0, left);
        double t = Math.max(0, top);
        double r = Math.min(1, right);
        double b = Math.min(1, bottom);
        boolean inside = x >= 0 && x <= 1 && y >= 0 && y <= 1;
        return inside && l < r && t < b
                ? Optional.of(new LabelledBox(index, l, t, r, b))
                : Optional.empty();
    }

    /** What is in a part of the input, in 0..1 of that part. */
    Optional<LabelledBox> within(double partLeft, double partTop, double width, double height) {
        return clipped(
                index,
                (left - partLeft) / width,
                (top - partTop) / height,
                (right - partLeft) / width,
                (bottom - partTop) / height);
    }

    LabelledBox mirrored() {
        return new LabelledBox(index, 1 - right, top, 1 - left, bottom);
    }

    /** Intersection over union. */
    double overlap(double otherLeft, double otherTop, double otherRight, double otherBottom) {
        double width = Math.min(right, otherRight) - Math.max(left, otherLeft);
        double height = Math.min(bottom, otherBottom) - Math.max(top, otherTop);
        double both = Math.max(0, width) * Math.max(0, height);
        double other = (otherRight - otherLeft) * (otherBottom - otherTop);
        return both / ((right - left) * (bottom - top) + other - both);
    }
}
