package dev.iresnet.chaos.results;

import java.time.Duration;
import java.util.Arrays;

/** Latencies, for their quantiles. Thread-safe. */
public final class Latencies {
    private static final int FIRST_ROOM = 1024;
    private static final double MICROS_PER_MILLI = 1000;

    private long[] micros = new long[FIRST_ROOM];
    private int count;

    public synchronized void add(Duration latency) {
        if (count == micros.length) {
            micros = Arrays.copyOf(micros, 2 * count);
        }
        micros[count] = latency.toNanos() / (long) MICROS_PER_MILLI;
        count++;
    }

    public synchronized int count() {
        return count;
    }

    /**
     * The smallest that at least this share does not pass, in milliseconds; not a number if there
     * are none.
     *
     * @param share above 0 and at most 1
     */
    public synchronized double quantileMillis(double share) {
        if (count == 0) {
            return Double.NaN;
        }
        long[] sorted = Arrays.copyOf(micros, count);
        Arrays.sort(sorted);
        return sorted[(int) Math.ceil(share * count) - 1] / MICROS_PER_MILLI;
    }
}
