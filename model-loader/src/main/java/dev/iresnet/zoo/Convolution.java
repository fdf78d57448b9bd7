package dev.iresnet.zoo;

/**
 * A convolution without bias, padded by {@link Window#padding} of its kernel.
 *
 * @param kernel odd in each direction
 * @param filters channels out
 * @param stride in each direction
 * @param groups that input and output channels are divided in; 1 is a plain convolution
 */
public record Convolution(Window kernel, int filters, Window stride, int groups) {

    static Convolution plain(Window kernel, int filters, Window stride) {
        return new Convolution(kernel, filters, stride, 1);
    }

    /** Looks at one value a channel. */
    static Convolution pointwise(int filters, Window stride) {
        return plain(Window.ONE, filters, stride);
    }
}
