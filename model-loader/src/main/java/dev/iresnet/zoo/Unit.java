package dev.iresnet.zoo;

import java.util.List;

/** The convolutions of a residual branch. */
public enum Unit {
    /** Two 3x3; the output is as wide as the stage. */
    BASIC(1, 1),
    /** 1x1, 3x3, 1x1; the output is four times as wide as the 3x3, unless the stage says else. */
    BOTTLENECK(4, 1),
    /** ResGroup (section 3.3): the same, but that the 3x3 is wide and grouped, the output half. */
    GROUPED(1, 2);

    private final int times;
    private final int per;

    Unit(int times, int per) {
        this.times = times;
        this.per = per;
    }

    /** A stage whose outputs are as wide as the unit's usually are. */
    public Stage stage(int blocks, int width, int groups) {
        if (width % per != 0) {
            throw new IllegalArgumentException(
                    "width of a stage in unit %s must be even, got %d".formatted(this, width));
        }
        return new Stage(blocks, width, groups, outputs(width));
    }

    /** Whether a stage's outputs are as wide as the unit's usually are. */
    public boolean isUsual(Stage stage) {
        return stage.outputs() == outputs(stage.width());
    }

    private int outputs(int width) {
        return width * times / per;
    }

    /**
     * The residual branch of a block.
     *
     * @param first kernel of a bottleneck's first convolution
     * @param kernel of the convolutions that look around
     * @param stride of the block
     */
    List<Convolution> convolutions(Stage stage, Window first, Window kernel, Window stride) {
        int width = stage.width();
        return this == BASIC
                ? List.of(
                        Convolution.plain(kernel, width, stride),
                        Convolution.plain(kernel, width, Window.ONE))
                : List.of(
                        Convolution.plain(first, width, Window.ONE),
                        new Convolution(kernel, width, stride, stage.groups()),
                        Convolution.pointwise(stage.outputs(), Window.ONE));
    }

    /** Convolutions in a row. */
    public int depth() {
        return this == BASIC ? 2 : 3;
    }
}
