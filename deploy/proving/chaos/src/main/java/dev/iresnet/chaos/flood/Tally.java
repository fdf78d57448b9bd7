package dev.iresnet.chaos.flood;

import dev.iresnet.chaos.results.Latencies;
import dev.iresnet.chaos.results.SeenResult;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** What became of some cameras' frames. Thread-safe. */
final class Tally {
    private static final double P50 = 0.5;
    private static final double P99 = 0.99;

    private final Instant from;
    private final Latencies latencies = new Latencies();
    private final AtomicLong shed = new AtomicLong();

    /**
     * What is made of it.
     *
     * @param labeled frames
     * @param shed frames
     * @param p50 milliseconds from capture until the result was sent, of those labelled
     * @param p99 the same
     */
    record Figures(long labeled, long shed, double p50, double p99) {}

    /**
     * @param from capture time of the first frames that count
     */
    Tally(Instant from) {
        this.from = from;
    }

    void add(SeenResult result) {
        if (result.capturedAt().isBefore(from)) {
            return;
        }
        if (result.fresh()) {
            latencies.add(Duration.between(result.capturedAt(), result.sentAt()));
        } else {
            shed.incrementAndGet();
        }
    }

    Figures figures() {
        return new Figures(
                latencies.count(),
                shed.get(),
                latencies.quantileMillis(P50),
                latencies.quantileMillis(P99));
    }
}
