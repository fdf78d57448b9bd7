package dev.iresnet.local;

import java.util.Locale;

/** A {@link Progress} as one line. */
final class ProgressText {

    private ProgressText() {}

    /**
     * @param width columns that the line may take; a longer one is cut
     */
    static String of(Progress progress, int width) {
        StringBuilder line = new StringBuilder();
        line.append(
                String.format(
                        Locale.ROOT,
                        "%5.1f s  in %,d  labelled %,d  dead-lettered %,d  %,.0f/s  latency p50 %,.0f p99 %,.0f ms",
                        progress.elapsed().toMillis() / 1000.0,
                        progress.in(),
                        progress.labelled(),
                        progress.deadLettered(),
                        progress.perSecond(),
                        progress.latencyMillis().p50(),
                        progress.latencyMillis().p99()));
        for (Sighting sighting : progress.last()) {
            line.append("  ").append(of(sighting));
        }
        return line.length() <= width ? line.toString() : line.substring(0, width);
    }

    private static String of(Sighting sighting) {
        return sighting.label().isEmpty()
                ? sighting.cameraId() + ": no label"
                : String.format(
                        Locale.ROOT,
                        "%s: %s %.0f%%",
                        sighting.cameraId(),
                        sighting.label(),
                        100 * sighting.score());
    }
}
