package dev.iresnet.proving.verify;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Exact quantiles of a list of times (the smallest value that at least that share does not pass).
 *
 * @param p50 milliseconds
 * @param p95 milliseconds
 * @param p99 milliseconds
 */
public record Quantiles(double p50, double p95, double p99) {
    private static final double MICROS_PER_MILLI = 1_000;

    /** Null if there are none. */
    static @Nullable Quantiles ofMicros(long[] micros) {
        if (micros.length == 0) {
            return null;
        }
        long[] sorted = micros.clone();
        Arrays.sort(sorted);
        return new Quantiles(at(sorted, 0.50), at(sorted, 0.95), at(sorted, 0.99));
    }

    private static double at(long[] sorted, double share) {
        int rank = (int) Math.ceil(share * sorted.length);
        return sorted[rank - 1] / MICROS_PER_MILLI;
    }
}
