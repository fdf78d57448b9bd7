package dev.iresnet.chaos.flood;

import dev.iresnet.chaos.harness.ResultStream;
import dev.iresnet.proving.verify.Latencies;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts what became of each stretch's frames; stretches are told apart by what the names of their
 * cameras begin with. Thread-safe.
 */
final class CameraCounters {

    private static final double P50 = 0.5;
    private static final double P99 = 0.99;

    private final Map<String, Counter> counters = new ConcurrentHashMap<>();

    /**
     * What became of some cameras' frames.
     *
     * @param labeled frames
     * @param shed frames
     * @param p50Millis from capture until the result was sent, of those labelled
     * @param p99Millis the same
     */
    record Figures(long labeled, long shed, double p50Millis, double p99Millis) {}

    /** Of one stretch. Thread-safe. */
    static final class Counter {

        private final Instant from;
        private final Latencies latencies = new Latencies();
        private final AtomicLong shed = new AtomicLong();

        private Counter(Instant from) {
            this.from = from;
        }

        private void add(ResultStream.Seen result) {
            if (result.capturedAt().isBefore(from)) {
                return;
            }
            if (result.isLabelled()) {
                latencies.add(result.untilSent());
            } else {
                shed.incrementAndGet();
            }
        }

        Figures figures() {
            return new Figures(
                    latencies.count(), shed.get(), latencies.millis(P50), latencies.millis(P99));
        }
    }

    /**
     * Begins to count.
     *
     * @param name before the first hyphen of the cameras' ids
     * @param from capture time of the first frames that count
     */
    Counter begin(String name, Instant from) {
        Counter counter = new Counter(from);
        counters.put(name, counter);
        return counter;
    }

    /** Counts a result, if its camera belongs to a stretch. */
    void add(ResultStream.Seen result) {
        int hyphen = result.cameraId().indexOf('-');
        Counter counter = hyphen < 0 ? null : counters.get(result.cameraId().substring(0, hyphen));
        if (counter != null) {
            counter.add(result);
        }
    }
}
