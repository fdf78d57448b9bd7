package dev.iresnet.proving.verify;

import java.time.Duration;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Latencies, for their quantiles: to three digits, whatever their number. Thread-safe. */
public final class Latencies {

    private static final int DIGITS = 3;
    private static final double MICROS_PER_MILLI = 1000;

    private final Histogram micros = new ConcurrentHistogram(DIGITS);

    /** A negative one, of clocks that differ, counts as none. */
    public void add(Duration latency) {
        addMicros(latency.toNanos() / 1000);
    }

    public void addMicros(long latency) {
        micros.recordValue(Math.max(0, latency));
    }

    public long count() {
        return micros.getTotalCount();
    }

    /**
     * The smallest that at least this share does not pass, in milliseconds; not a number if there
     * are none.
     *
     * @param share above 0 and at most 1
     */
    public double millis(double share) {
        return count() == 0
                ? Double.NaN
                : micros.getValueAtPercentile(100 * share) / MICROS_PER_MILLI;
    }

    /** Null if there are none. */
    public @Nullable Quantiles quantiles() {
        return count() == 0 ? null : new Quantiles(millis(0.5), millis(0.95), millis(0.99));
    }
}
