package dev.iresnet.bench;

import dev.iresnet.model.Precision;

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

    /** Part of the machine's arithmetic that is put to use, 0..1; NaN if the cost is not known. */
    public double shareOfPeak() {
        return gflops / peakGflops;
    }

    /**
     * Refuses what cannot be.
     *
     * @throws BenchException if the model was faster than the peak
     */
    Measurement believed() throws BenchException {
        if (shareOfPeak() > 1) {
            throw new BenchException(
                    ("The model computed %.0f GFLOP/s (%s, batch %d, %d threads), more than the peak"
                                    + " of %.0f that matrix products reached: something else kept"
                                    + " the machine busy. Run it again on an idle machine")
                            .formatted(gflops, precision, batch, threads, peakGflops));
        }
        return this;
    }
}
