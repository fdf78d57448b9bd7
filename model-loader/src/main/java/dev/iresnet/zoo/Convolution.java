package dev.iresnet.zoo;

/**
 * A convolution without bias.
 *
 * @param kernel odd in each direction
 * @param filters channels out
 * @param stride in each direction
 * @param groups that input and output channels are divided in; 1 is a plain convolution
 * @param padded by {@link Window#padding} of its kernel on every side, or else not at all
 */
public record Convolution(Window kernel, int filters, Window stride, int groups, boolean padded) {

    /** A padded one. */
    public Convolution(Window kernel, int filters, Window stride, int groups) {
        this(kernel, filters, stride, groups, true);
    }

    static Convolution plain(Window kernel, int filters, Window stride) {
        return new Convolution(kernel, filters, stride, 1);
    }

    /** Of stride 1, without padding: the signal loses what the kernel needs at its edges. */
    static Convolution unpadded(Window kernel, int filters) {
        return new Convolution(kernel, filters, Window.ONE, 1, false);
    }

    /** The size of a signal of this size behind it. */
    Window over(Window size) {
        return padded ? size.over(stride) : size.without(kernel);
    }

    /** Looks at one value a channel. */
    static Convolution pointwise(int filters, Window stride) {
        return plain(Window.ONE, filters, stride);
    }
}
