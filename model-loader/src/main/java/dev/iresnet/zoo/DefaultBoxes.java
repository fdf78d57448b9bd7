package dev.iresnet.zoo;

import java.util.ArrayList;
import java.util.List;

/**
 * The boxes that a detector's offsets are of (SSD, section 2.2): on every cell of every map some of
 * one area and different shapes, and one that is a little larger.
 */
@SuppressWarnings("ImmutableEnumChecker") // lists of records of numbers
public enum DefaultBoxes {
    /** Of NVIDIA's SSD300 on ResNet: 8,732 boxes in pictures of 300x300 pixels. */
    SSD300(
            300,
            List.of(
                    new FeatureMap(38, 8, 21, 45, List.of(2)),
                    new FeatureMap(19, 16, 45, 99, List.of(2, 3)),
                    new FeatureMap(10, 32, 99, 153, List.of(2, 3)),
                    new FeatureMap(5, 64, 153, 207, List.of(2, 3)),
                    new FeatureMap(3, 100, 207, 261, List.of(2)),
                    new FeatureMap(1, 300, 261, 315, List.of(2))));

    /** Shares of a box's sides that an offset of its centre by 1 is. */
    public static final float CENTRE_VARIANCE = 0.1f;

    /** Logarithm of how much wider or higher an offset of its size by 1 makes a box. */
    public static final float SIZE_VARIANCE = 0.2f;

    private final int side;
    private final List<FeatureMap> maps;

    DefaultBoxes(int side, List<FeatureMap> maps) {
        this.side = side;
        this.maps = maps;
    }

    /** Of the pictures that they are for, pixels. */
    public int side() {
        return side;
    }

    public List<FeatureMap> maps() {
        return maps;
    }

    public int count() {
        return maps.stream().mapToInt(FeatureMap::boxes).sum();
    }

    /**
     * The boxes by map, kind, row and column.
     *
     * @return [boxes, 4], row-major: centre x and y, width and height, each in 0..1 of the picture
     */
    public float[] centresAndSizes() {
        float[] values = new float[4 * count()];
        int at = 0;
        for (FeatureMap map : maps) {
            double step = (double) map.step / side;
            for (double[] size : map.sizes(side)) {
                for (int row = 0; row < map.cells; row++) {
                    for (int column = 0; column < map.cells; column++) {
                        values[at++] = clamped((column + 0.5) * step);
                        values[at++] = clamped((row + 0.5) * step);
                        values[at++] = clamped(size[0]);
                        values[at++] = clamped(size[1]);
                    }
                }
            }
        }
        return values;
    }

    private static float clamped(double value) {
        return (float) Math.max(0, Math.min(1, value));
    }

    /**
     * The boxes of one map of features.
     *
     * @param cells a side
     * @param step from cell to cell, pixels of the picture
     * @param scale side of the square box, pixels of the picture
     * @param next the same of the next map
     * @param ratios of the longer side to the shorter; each makes a wide and a tall box
     */
    public record FeatureMap(int cells, int step, int scale, int next, List<Integer> ratios) {

        /** Boxes a cell. */
        public int kinds() {
            return 2 + 2 * ratios.size();
        }

        int boxes() {
            return cells * cells * kinds();
        }

        private List<double[]> sizes(double side) {
            double square = scale / side;
            double between = Math.sqrt(square * next / side);
            List<double[]> sizes = new ArrayList<>();
            sizes.add(new double[] {square, square});
            sizes.add(new double[] {between, between});
            for (int ratio : ratios) {
                double longer = square * Math.sqrt(ratio);
                double shorter = square / Math.sqrt(ratio);
                sizes.add(new double[] {longer, shorter});
                sizes.add(new double[] {shorter, longer});
            }
            return sizes;
        }
    }
}
