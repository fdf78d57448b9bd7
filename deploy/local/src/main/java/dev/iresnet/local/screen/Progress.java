package dev.iresnet.local.screen;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How far a run is.
 *
 * @param elapsed since the job was ready
 * @param in frames in the input topic, less those that were there before
 * @param labelled results, committed or not
 * @param deadLettered dead letters, committed or not
 * @param perSecond results a second, lately
 * @param latencyMillis capture to send, of the last results
 * @param last the newest result of some cameras
 */
record Progress(
        Duration elapsed,
        long in,
        long labelled,
        long deadLettered,
        double perSecond,
        Quantiles latencyMillis,
        List<Sighting> last) {

    Progress {
        last = List.copyOf(last);
    }

    /** Whether there is nothing new to show. */
    boolean sameCounts(Progress other) {
        return in == other.in && labelled == other.labelled && deadLettered == other.deadLettered;
    }

    /**
     * One line.
     *
     * @param width columns that the line may take; a longer one is cut
     */
    String text(int width) {
        StringBuilder line = new StringBuilder();
        line.append(
                String.format(
                        Locale.ROOT,
                        "%5.1f s  in %,d  labelled %,d  dead-lettered %,d  %,.0f/s  latency p50"
                                + " %,.0f p99 %,.0f ms",
                        elapsed().toMillis() / 1000.0,
                        in(),
                        labelled(),
                        deadLettered(),
                        perSecond(),
                        latencyMillis().p50(),
                        latencyMillis().p99()));
        for (Sighting sighting : last()) {
            line.append("  ").append(text(sighting));
        }
        return line.length() <= width ? line.toString() : line.substring(0, width);
    }

    private static String text(Sighting sighting) {
        return sighting.label().isEmpty()
                ? sighting.cameraId() + ": no label"
                : String.format(
                        Locale.ROOT,
                        "%s: %s %.0f%%",
                        sighting.cameraId(),
                        sighting.label(),
                        100 * sighting.score());
    }

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
}
