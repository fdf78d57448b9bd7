package dev.iresnet.benchmark.job;

import dev.iresnet.benchmark.job.Standing.Timed;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * How long frames took from the moment when they were meant to be captured, which a feed that falls
 * behind cannot hide (no coordinated omission).
 *
 * @param sent until their results were given to the producer, microseconds
 * @param seen until a consumer of committed records had them, microseconds
 */
public record Latencies(Histogram sent, Histogram seen) {
    private static final int DIGITS = 3;

    /** Of any number of frames. */
    public static Latencies of(List<Timed> frames) {
        Histogram sent = new Histogram(DIGITS);
        Histogram seen = new Histogram(DIGITS);
        for (Timed frame : frames) {
            // a record's time has milliseconds only, and so may lie before its frame's
            sent.recordValue(Math.max(0, frame.sentMicros() - frame.capturedMicros()));
            seen.recordValue(Math.max(0, frame.seenMicros() - frame.capturedMicros()));
        }
        return new Latencies(sent, seen);
    }

    /** Milliseconds. */
    public static double millis(Histogram histogram, double percentile) {
        return histogram.getValueAtPercentile(percentile) / 1000.0;
    }

    /** The usual quantiles, in milliseconds. */
    public record Quantiles(double p50, double p95, double p99, double max) {
        public static Quantiles of(Histogram histogram) {
            return new Quantiles(
                    millis(histogram, 50),
                    millis(histogram, 95),
                    millis(histogram, 99),
                    histogram.getMaxValue() / 1000.0);
        }
    }
}
