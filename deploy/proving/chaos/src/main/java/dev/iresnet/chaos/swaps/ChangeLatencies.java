package dev.iresnet.chaos.swaps;

import dev.iresnet.chaos.results.Latencies;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * From capture until the result was sent, by what was done to the model when the frame was taken.
 */
final class ChangeLatencies {
    private final List<Change> changes;
    private final Latencies steady = new Latencies();
    private final Map<Change.Kind, Latencies> during = new EnumMap<>(Change.Kind.class);

    ChangeLatencies(List<Change> changes) {
        this.changes = List.copyOf(changes);
        for (Change.Kind kind : Change.Kind.values()) {
            during.put(kind, new Latencies());
        }
    }

    void see(Labelled result) {
        Labelled.Times times = result.times();
        Duration latency = Duration.between(times.capturedAt(), times.sentAt());
        changes.stream()
                .filter(change -> change.covers(times.capturedAt()))
                .findFirst()
                .map(change -> during(change.kind()))
                .orElse(steady)
                .add(latency);
    }

    /** When nothing was. */
    Latencies steady() {
        return steady;
    }

    /** From the moment when a version could be seen until it was taken or refused everywhere. */
    Latencies during(Change.Kind kind) {
        return during.getOrDefault(kind, steady);
    }
}
