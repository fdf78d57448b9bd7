package dev.iresnet.zoo;

/**
 * Blocks of one size and width.
 *
 * @param blocks in a row
 * @param width channels of the 3x3 convolutions
 * @param groups of the 3x3 convolutions; 1 in {@link Unit#BASIC}
 * @param outputs channels that leave a block; the width in {@link Unit#BASIC}
 */
public record Stage(int blocks, int width, int groups, int outputs) {
    private static final int LARGEST = 1 << 16;

    public Stage {
        Checks.range("blocks of a stage", blocks, 1, LARGEST);
        Checks.range("width of a stage", width, 1, LARGEST);
        Checks.range("groups of a stage", groups, 1, width);
        Checks.range("outputs of a stage", outputs, 1, 4 * LARGEST);
        if (width % groups != 0) {
            throw new IllegalArgumentException(
                    "width of a stage must be a multiple of its groups, got width "
                            + width
                            + " and "
                            + groups
                            + " groups");
        }
    }

    /**
     * The same with widths in another proportion.
     *
     * @throws IllegalArgumentException if it has groups, or a width would not be whole
     */
    Stage scaled(int to, int of) {
        if (groups != 1 || width * to % of != 0 || outputs * to % of != 0) {
            throw new IllegalArgumentException(
                    "%d of %d filters: a stage of width %d in %d groups cannot be scaled so"
                            .formatted(to, of, width, groups));
        }
        return new Stage(blocks, width * to / of, groups, outputs * to / of);
    }

    Stage widened(int factor) {
        return new Stage(blocks, width * factor, groups, outputs * factor);
    }
}
