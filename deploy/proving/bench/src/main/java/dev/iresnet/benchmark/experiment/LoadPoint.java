package dev.iresnet.benchmark.experiment;

import dev.iresnet.benchmark.job.Standing;
import dev.iresnet.proving.feed.FeedPlan;
import dev.iresnet.proving.verify.Latencies;
import java.io.IOException;
import java.util.List;

/**
 * Latencies of a job at one rate.
 *
 * @param load share of the throughput that frames have one by one
 * @param sentMillis from capture until the result was sent
 * @param seenMillis from capture until a consumer of committed records had it
 */
record LoadPoint(
        FeedPlan.Spacing arrivals,
        double load,
        double framesPerSecond,
        long frames,
        Quantiles sentMillis,
        Quantiles seenMillis) {
    private static final int CAMERAS = 16;
    private static final int FEWEST = 50;

    /** The usual quantiles, in milliseconds. */
    record Quantiles(double p50, double p95, double p99, double max) {

        static Quantiles of(Latencies latencies) {
            return new Quantiles(
                    latencies.millis(0.5),
                    latencies.millis(0.95),
                    latencies.millis(0.99),
                    latencies.millis(1));
        }
    }

    /**
     * Measures one.
     *
     * @param capacity frames a second one by one
     */
    static LoadPoint of(
            Standing job, FeedPlan.Spacing arrivals, double load, double capacity, double seconds)
            throws IOException {
        double rate = load * capacity;
        long frames = Math.max(FEWEST, Math.round(rate * seconds));
        long seed = job.burst(CAMERAS, frames).seed();
        List<Standing.Timed> timed =
                job.watch(0, new FeedPlan(CAMERAS, rate, frames, seed, arrivals));
        return new LoadPoint(
                arrivals,
                load,
                rate,
                frames,
                Quantiles.of(Standing.Timed.untilSent(timed)),
                Quantiles.of(Standing.Timed.untilSeen(timed)));
    }
}
