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

    Stage widened(int factor) {
        return new Stage(blocks, width * factor, groups, outputs * factor);
    }
}
