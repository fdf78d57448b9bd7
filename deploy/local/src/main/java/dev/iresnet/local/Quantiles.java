package dev.iresnet.local;

import java.util.Arrays;

/** Nearest-rank quantiles, in the unit of the values; all 0 of none. */
record Quantiles(double p50, double p95, double p99) {

    static final Quantiles NONE = new Quantiles(0, 0, 0);

    static Quantiles of(long[] values) {
        if (values.length == 0) {
            return NONE;
        }
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return new Quantiles(rank(sorted, 50), rank(sorted, 95), rank(sorted, 99));
    }

    private static double rank(long[] sorted, int percent) {
        return sorted[(int) Math.ceil(sorted.length * percent / 100.0) - 1];
    }
}
