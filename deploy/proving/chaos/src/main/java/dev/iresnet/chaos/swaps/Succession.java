package dev.iresnet.chaos.swaps;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * In which order versions answered. What one task reads is answered by one engine, batch after
 * batch: so within a partition the version before must have ended where the next one begins, and
 * none but the newest may answer once a change is over.
 */
final class Succession {
    private final long first;
    private final List<Change> changes;
    private final Map<Integer, List<Labelled>> byPartition = new TreeMap<>();
    private long late;
    private long mostLate;

    /**
     * Has seen nothing yet.
     *
     * @param first number of the version that served at the beginning
     * @param changes of the version that serves, in order
     */
    Succession(long first, List<Change> changes) {
        this.first = first;
        this.changes = changes.stream().filter(Change::isTaken).toList();
    }

    void see(Labelled result) {
        byPartition.computeIfAbsent(result.partition(), p -> new ArrayList<>()).add(result);
    }

    /** Finds batches that came late; call it once all is seen. */
    void judge() {
        byPartition.values().forEach(this::judge);
    }

    /** Batches of another version than was to serve by then. */
    long late() {
        return late;
    }

    /** The most of them for one change and one partition. */
    long mostLate() {
        return mostLate;
    }

    /** Batches in which two versions answered. */
    long mixedBatches() {
        long mixed = 0;
        for (List<Labelled> results : byPartition.values()) {
            Map<Instant, Set<Long>> batches = new HashMap<>();
            for (Labelled result : results) {
                batches.computeIfAbsent(result.times().inferredAt(), at -> new HashSet<>())
                        .add(result.version().number());
            }
            mixed += batches.values().stream().filter(versions -> versions.size() > 1).count();
        }
        return mixed;
    }

    private void judge(List<Labelled> results) {
        Map<Integer, Set<Instant>> lateByChange = new HashMap<>();
        int seen = -1;
        for (Labelled result : inOrder(results)) {
            Instant at = result.times().inferredAt();
            int change = lastBefore(at);
            long next = change < 0 ? first : changes.get(change).version();
            boolean isNext = result.version().number() == next;
            if (isNext) {
                seen = Math.max(seen, change);
            } else if (change < 0
                    || seen >= change
                    || !changes.get(change).covers(at)
                    || result.version().number() != before(change)) {
                lateByChange.computeIfAbsent(change, c -> new HashSet<>()).add(at);
            }
        }
        for (Set<Instant> batches : lateByChange.values()) {
            late += batches.size();
            mostLate = Math.max(mostLate, batches.size());
        }
    }

    private static List<Labelled> inOrder(List<Labelled> results) {
        return results.stream()
                .sorted(Comparator.comparing(result -> result.times().inferredAt()))
                .toList();
    }

    private long before(int change) {
        return change == 0 ? first : changes.get(change - 1).version();
    }

    private int lastBefore(Instant at) {
        int last = -1;
        while (last + 1 < changes.size() && !at.isBefore(changes.get(last + 1).began())) {
            last++;
        }
        return last;
    }
}
