package dev.iresnet.image;

import dev.iresnet.image.Preprocessing.Interpolation;

/**
 * For one side of a picture: which source pixels make each wanted output pixel, and with what
 * weight. The weights are those of Pillow's 8-bit filters ({@code precompute_coeffs} and {@code
 * normalize_coeffs_8bpc} of its {@code Resample.c}): a triangle or a cubic, widened by the scale
 * when shrinking, in double precision, then in fixed point with {@value #PRECISION} fractional
 * bits. Without anti-aliasing they are PyTorch's ({@code area_pixel_compute_source_index} and
 * {@code compute_source_index_and_lambda} of its {@code UpSample.h}), in single precision as there.
 */
final class Taps {
    /** 8 bits for a pixel and 2 for the sum's head room are left of an int. */
    static final int PRECISION = 32 - 8 - 2;

    static final int HALF = 1 << (PRECISION - 1);

    private final int[] firsts;
    private final int[] ends;
    private final int[] weights;
    private final float[] shares;
    private final int stride;
    private boolean copies = true;

    private Taps(int outputs, int stride) {
        this.firsts = new int[outputs];
        this.ends = new int[outputs];
        this.weights = new int[outputs * stride];
        this.shares = new float[stride == 0 ? outputs : 0];
        this.stride = stride;
    }

    /**
     * A side of a source.
     *
     * @param pixels that there are
     * @param length what of them is the picture, in pixels: less if the last one lies partly
     *     outside
     */
    record Side(int pixels, double length) {}

    /**
     * Taps of output pixels {@code offset} to {@code offset + outputs} of a side that is brought to
     * {@code scaled} pixels.
     */
    static Taps of(Interpolation filter, Side source, int scaled, int offset, int outputs) {
        if (filter == Interpolation.BILINEAR_NO_ANTIALIAS) {
            return between(source, scaled, offset, outputs);
        }
        double scale = source.length() / scaled;
        double widened = Math.max(scale, 1.0);
        double support = widened * (filter == Interpolation.BICUBIC ? 2.0 : 1.0);
        Taps taps = new Taps(outputs, (int) Math.ceil(support) * 2 + 1);
        double[] shares = new double[taps.stride];
        for (int out = 0; out < outputs; out++) {
            double center = (out + offset + 0.5) * scale;
            int first = Math.max((int) (center - support + 0.5), 0);
            int end = Math.min((int) (center + support + 0.5), source.pixels());
            double sum = 0;
            for (int x = first; x < end; x++) {
                double distance = Math.abs((x - center + 0.5) * (1.0 / widened));
                shares[x - first] =
                        filter == Interpolation.BICUBIC ? cubic(distance) : triangle(distance);
                sum += shares[x - first];
            }
            taps.set(out, first, end, shares, sum);
        }
        return taps;
    }

    private static Taps between(Side source, int scaled, int offset, int outputs) {
        float scale = (float) (source.length() / scaled);
        Taps taps = new Taps(outputs, 0);
        for (int out = 0; out < outputs; out++) {
            float at = Math.max(0, Math.fma(scale, out + offset + 0.5f, -0.5f));
            int first = Math.min((int) at, source.pixels() - 1);
            taps.firsts[out] = first;
            taps.ends[out] = Math.min(first + 2, source.pixels());
            taps.shares[out] = Math.min(1, at - first);
        }
        taps.copies = false;
        return taps;
    }

    private static double triangle(double distance) {
        return distance < 1.0 ? 1.0 - distance : 0.0;
    }

    /** Pillow's {@code bicubic_filter}, a = -0.5. */
    private static double cubic(double x) {
        double a = -0.5;
        if (x < 1.0) {
            return ((a + 2.0) * x - (a + 3.0)) * x * x + 1;
        }
        return x < 2.0 ? (((x - 5) * x + 8) * x - 4) * a : 0.0;
    }

    private void set(int out, int first, int end, double[] shares, double sum) {
        firsts[out] = first;
        ends[out] = end;
        for (int tap = 0; tap < end - first; tap++) {
            double share = sum == 0 ? shares[tap] : shares[tap] / sum;
            double rounding = share < 0 ? -0.5 : 0.5;
            weights[out * stride + tap] = (int) (rounding + share * (1 << PRECISION));
            copies &= weights[out * stride + tap] == (tap == 0 ? 1 << PRECISION : 0);
        }
        copies &= first == firsts[0] + out;
    }

    /** Whether each output pixel is a source pixel as it is, one beside the other. */
    boolean copies() {
        return copies;
    }

    int outputs() {
        return firsts.length;
    }

    /** First source pixel of output {@code out}; never decreases with {@code out}. */
    int first(int out) {
        return firsts[out];
    }

    /** One past the last source pixel of output {@code out}; never decreases with {@code out}. */
    int end(int out) {
        return ends[out];
    }

    /** Whether an output pixel lies between two source pixels, however much a side shrinks. */
    boolean areBetween() {
        return stride == 0;
    }

    /** 0..1: the weight of the last source pixel, where outputs lie between two. */
    float share(int out) {
        return shares[out];
    }

    /** Weight of source pixel {@code x}, which must lie within output {@code out}'s taps. */
    int weight(int out, int x) {
        return weights[out * stride + x - firsts[out]];
    }

    /** First source pixel that any output needs. */
    int firstNeeded() {
        return firsts[0];
    }

    /** One past the last source pixel that any output needs. */
    int endNeeded() {
        return ends[ends.length - 1];
    }

    /** A sum of weighted 8-bit values as an 8-bit value; {@link #HALF} has been added to it. */
    static byte toByte(int sum) {
        return (byte) Math.max(0, Math.min(sum >> PRECISION, 255));
    }
}
