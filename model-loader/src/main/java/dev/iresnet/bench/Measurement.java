package dev.iresnet.bench;

import dev.iresnet.bench.Bench.BenchException;
import dev.iresnet.model.Precision;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How fast a model is at one batch size.
 *
 * @param precision of the arithmetic
 * @param batch pictures a call
 * @param threads that compute
 * @param imagesPerSecond over the whole time
 * @param ms median time of a call, milliseconds
 * @param p95Ms time that 95 of 100 calls stay within, milliseconds
 * @param gflops arithmetic of convolutions and dense layers, 10^9 operations a second, two for a
 *     multiply-accumulate; NaN if the model's cost is not known
 * @param peakGflops of the fastest matrix product in this precision with as many threads
 */
public record Measurement(
        Precision precision,
        int batch,
        int threads,
        double imagesPerSecond,
        double ms,
        double p95Ms,
        double gflops,
        double peakGflops) {

    static Measurement of(Timing timing, int threads, double macs, double peakGflops) {
        return new Measurement(
                timing.precision(),
                timing.batch(),
                threads,
                timing.imagesPerSecond(),
                timing.ms(),
                timing.p95Ms(),
                2 * macs * timing.imagesPerSecond() / 1e9,
                peakGflops);
    }

    /**
     * The measurement with the most images a second among those that keep the bound; of equally
     * fast ones, the smaller batch.
     *
     * @param latencyBoundMs that 95 of 100 calls must stay within, milliseconds
     * @return empty if none keeps it
     */
    public static Optional<Measurement> best(
            List<Measurement> measurements, double latencyBoundMs) {
        return measurements.stream()
                .filter(measurement -> measurement.p95Ms() <= latencyBoundMs)
                .max(
                        Comparator.comparingDouble(Measurement::imagesPerSecond)
                                .thenComparing(
                                        Measurement::batch, Comparator.<Integer>reverseOrder()));
    }

    /** Part of the machine's arithmetic that is put to use, 0..1; NaN if the cost is not known. */
    public double shareOfPeak() {
        return gflops / peakGflops;
    }

    /**
     * Refuses a result that is impossible.
     *
     * @throws BenchException if the model was faster than the peak
     */
    Measurement checked() throws BenchException {
        if (shareOfPeak() > 1) {
            throw new BenchException(
                    ("The model computed %.0f GFLOP/s (%s, batch %d, %d threads), more than the"
                                    + " peak of %.0f that matrix products reached: something else kept the"
                                    + " machine busy. Run it again on an idle machine")
                            .formatted(gflops, precision, batch, threads, peakGflops));
        }
        return this;
    }

    /**
     * How long calls of one batch size took.
     *
     * @param precision of the arithmetic
     * @param batch pictures a call
     * @param imagesPerSecond over the whole time
     * @param ms median time of a call, milliseconds
     * @param p95Ms time that 95 of 100 calls stay within, milliseconds
     */
    record Timing(
            Precision precision, int batch, double imagesPerSecond, double ms, double p95Ms) {}
}
