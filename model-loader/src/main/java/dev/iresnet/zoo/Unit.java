package dev.iresnet.zoo;

import java.util.List;

/** The convolutions of a residual branch. */
public enum Unit {
    /** Two 3x3; the output is as wide as the stage. */
    BASIC(1, 1),
    /** 1x1, 3x3, 1x1; the output is four times as wide as the 3x3. */
    BOTTLENECK(4, 1),
    /** ResGroup (section 3.3): 1x1, a wide grouped 3x3, 1x1; the output is half as wide. */
    GROUPED(1, 2);

    private final int times;
    private final int per;

    Unit(int times, int per) {
        this.times = times;
        this.per = per;
    }

    /** Channels that leave a block of a stage of this width. */
    public int outputs(int width) {
        return width * times / per;
    }

    /** Channels inside a block whose outputs are these. */
    public int width(int outputs) {
        return outputs * per / times;
    }

    List<Conv> convs(Stage stage, int stride) {
        int width = stage.width();
        return this == BASIC
                ? List.of(Conv.plain(3, width, stride), Conv.plain(3, width, 1))
                : List.of(
                        Conv.plain(1, width, 1),
                        new Conv(3, width, stride, stage.groups()),
                        Conv.plain(1, outputs(width), 1));
    }

    /** Convolutions in a row. */
    public int depth() {
        return this == BASIC ? 2 : 3;
    }
}
