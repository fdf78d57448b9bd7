package dev.iresnet.training.detection;

import dev.iresnet.zoo.DefaultBoxes;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Tells which default box learns which object (SSD, section 2.2): each that overlaps an object by
 * more than half of their union learns the one that it overlaps most, and each object is learned by
 * a box of its own, the best that is left to it. Thread-safe.
 */
final class Matching {
    private static final double LEAST_OVERLAP = 0.5;
    private static final int NONE = -1;

    /** Centre x and y, width and height of each. */
    private final float[] defaults;

    private final int count;

    Matching(DefaultBoxes boxes) {
        this.defaults = boxes.centresAndSizes();
        this.count = boxes.count();
    }

    /**
     * What the boxes of a picture learn.
     *
     * @param classes by box; 0 is the background
     * @param offsets [4,boxes], row-major: centre x and y, width and height, as {@link
     *     DefaultBoxes} decodes them; 0 of the background
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
    record Targets(int[] classes, float[] offsets) {}

    Targets targets(List<LabelledBox> objects) {
        int[] matched = matched(objects);
        int[] classes = new int[count];
        float[] offsets = new float[4 * count];
        for (int i = 0; i < count; i++) {
            if (matched[i] != NONE) {
                LabelledBox object = objects.get(matched[i]);
                classes[i] = object.index() + 1;
                encode(object, i, offsets);
            }
        }
        return new Targets(classes, offsets);
    }

    private void encode(LabelledBox object, int box, float[] offsets) {
        double width = defaults[4 * box + 2];
        double height = defaults[4 * box + 3];
        double x = (object.left() + object.right()) / 2;
        double y = (object.top() + object.bottom()) / 2;
        double centre = DefaultBoxes.CENTRE_VARIANCE;
        double size = DefaultBoxes.SIZE_VARIANCE;
        offsets[box] = (float) ((x - defaults[4 * box]) / width / centre);
        offsets[count + box] = (float) ((y - defaults[4 * box + 1]) / height / centre);
        offsets[2 * count + box] =
                (float) (Math.log((object.right() - object.left()) / width) / size);
        offsets[3 * count + box] =
                (float) (Math.log((object.bottom() - object.top()) / height) / size);
    }

    /** The object of each box, or -1. */
    int[] matched(List<LabelledBox> objects) {
        double[][] overlaps = objects.stream().map(this::overlaps).toArray(double[][]::new);
        int[] matched = new int[count];
        Arrays.fill(matched, NONE);
        for (int box = 0; box < count; box++) {
            double most = LEAST_OVERLAP;
            for (int object = 0; object < overlaps.length; object++) {
                if (overlaps[object][box] > most) {
                    most = overlaps[object][box];
                    matched[box] = object;
                }
            }
        }
        giveEachItsOwn(overlaps, matched);
        return matched;
    }

    /** The best pair first, so that what two objects want goes to the one that it fits better. */
    private void giveEachItsOwn(double[][] overlaps, int[] matched) {
        boolean[] taken = new boolean[count];
        int[] best =
                IntStream.range(0, overlaps.length).map(o -> best(overlaps[o], taken)).toArray();
        boolean[] served = new boolean[overlaps.length];
        for (int round = 0; round < Math.min(overlaps.length, count); round++) {
            int next = NONE;
            for (int object = 0; object < best.length; object++) {
                if (!served[object] && taken[best[object]]) {
                    best[object] = best(overlaps[object], taken);
                }
                if (!served[object]
                        && (next == NONE
                                || overlaps[object][best[object]] > overlaps[next][best[next]])) {
                    next = object;
                }
            }
            served[next] = true;
            taken[best[next]] = true;
            matched[best[next]] = next;
        }
    }

    private static int best(double[] overlaps, boolean[] taken) {
        int best = NONE;
        for (int box = 0; box < overlaps.length; box++) {
            if (!taken[box] && (best == NONE || overlaps[box] > overlaps[best])) {
                best = box;
            }
        }
        return best;
    }

    private double[] overlaps(LabelledBox object) {
        double[] overlaps = new double[count];
        for (int i = 0; i < count; i++) {
            double halfWidth = defaults[4 * i + 2] / 2.0;
            double halfHeight = defaults[4 * i + 3] / 2.0;
            overlaps[i] =
                    object.overlap(
                            defaults[4 * i] - halfWidth,
                            defaults[4 * i + 1] - halfHeight,
                            defaults[4 * i] + halfWidth,
                            defaults[4 * i + 1] + halfHeight);
        }
        return overlaps;
    }
}
