package dev.iresnet.bench;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Picks a batch size. */
public final class Recommendation {
    private Recommendation() {}

    /**
     * The measurement with the most images a second among those that keep the bound; of equally
     * fast ones, the smaller batch.
     *
     * @param latencyBoundMs that 95 of 100 calls must stay within, milliseconds
     * @return empty if none keeps it
     */
    public static Optional<Measurement> within(
            List<Measurement> measurements, double latencyBoundMs) {
        return measurements.stream()
                .filter(measurement -> measurement.p95Ms() <= latencyBoundMs)
                .max(
                        Comparator.comparingDouble(Measurement::imagesPerSecond)
                                .thenComparing(
                                        Measurement::batch, Comparator.<Integer>reverseOrder()));
    }
}
