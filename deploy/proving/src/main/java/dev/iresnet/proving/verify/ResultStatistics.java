package dev.iresnet.proving.verify;

import dev.iresnet.proving.manifest.ManifestEntry;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Figures over the first results of the frames that were expected. For one thread. */
final class ResultStatistics {
    private static final double MICROS_PER_SECOND = 1e6;

    private final Truth truth;
    private final Latencies latencies = new Latencies();
    private final Latencies visibleLatencies = new Latencies();
    private final Set<Model> models =
            new TreeSet<>(
                    Comparator.comparing(Model::name)
                            .thenComparing(Model::version)
                            .thenComparing(Model::digest));
    private long results;
    private double batches;
    private long batched;
    private long detected;
    private long objects;
    private long judged;
    private long right;
    private Instant firstSent = Instant.MAX;
    private Instant lastSent = Instant.MIN;

    ResultStatistics(Truth truth) {
        this.truth = truth;
    }

    void add(ManifestEntry entry, Answer.Result result) {
        results++;
        models.add(result.model());
        latencies.add(Duration.between(entry.capturedAt(), result.sentAt()));
        visibleLatencies.add(Duration.between(entry.capturedAt(), result.polledAt()));
        firstSent = result.sentAt().isBefore(firstSent) ? result.sentAt() : firstSent;
        lastSent = result.sentAt().isAfter(lastSent) ? result.sentAt() : lastSent;
        countBatch(result.batchSize());
        judge(truth.of(entry), result.label());
        if (result.objects() != null) {
            detected++;
            objects += result.objects();
        }
    }

    /** A batch of n frames has n results that say n: each stands for an n-th of a batch. */
    private void countBatch(int size) {
        if (size > 0) {
            batches += 1.0 / size;
            batched++;
        }
    }

    private void judge(Optional<String> shown, @Nullable String label) {
        if (shown.isPresent() && label != null) {
            judged++;
            right += shown.get().equals(label) ? 1 : 0;
        }
    }

    @Nullable Long objects() {
        return detected == 0 ? null : objects;
    }

    @Nullable Double accuracy() {
        return judged == 0 ? null : (double) right / judged;
    }

    @Nullable Double meanBatchSize() {
        return batched == 0 ? null : batched / batches;
    }

    @Nullable Double throughputPerSecond() {
        if (results < 2 || !firstSent.isBefore(lastSent)) {
            return null;
        }
        return (results - 1) * MICROS_PER_SECOND / firstSent.until(lastSent, ChronoUnit.MICROS);
    }

    @Nullable Quantiles latency() {
        return latencies.quantiles();
    }

    @Nullable Quantiles visibleLatency() {
        return visibleLatencies.quantiles();
    }

    Set<Model> models() {
        return models;
    }
}
