package dev.iresnet.zoo;

/**
 * Extents along frames, rows and columns: of a kernel, a stride, a padding or a signal. A picture
 * is a clip of one frame, so that one declaration serves both.
 *
 * @param t frames
 * @param h rows
 * @param w columns
 */
public record Window(int t, int h, int w) {
    /** A stride that keeps the size, a kernel that sees one value. */
    public static final Window ONE = cube(1);

    public Window {
        Checks.range("frames of a window", t, 0, Integer.MAX_VALUE);
        Checks.range("rows of a window", h, 0, Integer.MAX_VALUE);
        Checks.range("columns of a window", w, 0, Integer.MAX_VALUE);
    }

    /** One frame deep. */
    public static Window square(int side) {
        return new Window(1, side, side);
    }

    /** As many frames as rows and columns. */
    public static Window cube(int side) {
        return new Window(side, side, side);
    }

    /** What a kernel of this size is padded by on every side, so that stride 1 keeps the size. */
    public Window padding() {
        return new Window(t / 2, h / 2, w / 2);
    }

    /** The size of a signal of this size after a padded kernel of that stride. */
    Window over(Window stride) {
        return new Window(ceil(t, stride.t), ceil(h, stride.h), ceil(w, stride.w));
    }

    /**
     * The size of a signal of this size after an unpadded kernel of stride 1; 0 if none is left.
     */
    Window without(Window kernel) {
        return new Window(
                Math.max(0, t - kernel.t + 1),
                Math.max(0, h - kernel.h + 1),
                Math.max(0, w - kernel.w + 1));
    }

    private static int ceil(int extent, int stride) {
        return (extent + stride - 1) / stride;
    }

    /** Values in it. */
    public long volume() {
        return (long) t * h * w;
    }
}
