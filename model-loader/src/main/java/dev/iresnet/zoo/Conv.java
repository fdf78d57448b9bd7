package dev.iresnet.zoo;

/**
 * A convolution without bias, padded by kernel/2 on every side.
 *
 * @param kernel side of the window, odd, pixels
 * @param filters channels out
 * @param stride in both directions, pixels
 * @param groups that input and output channels are divided in; 1 is a plain convolution
 */
public record Conv(int kernel, int filters, int stride, int groups) {

    static Conv plain(int kernel, int filters, int stride) {
        return new Conv(kernel, filters, stride, 1);
    }

    /** Pixels added on every side. */
    public int padding() {
        return kernel / 2;
    }
}
