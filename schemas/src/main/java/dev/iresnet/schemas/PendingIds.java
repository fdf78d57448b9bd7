package dev.iresnet.schemas;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Ids that are not known yet: which one is asked for next, and the promises to those that wait for
 * it. Ids that were never asked for come before those that had no answer. Not thread-safe.
 */
@SuppressWarnings("CollectionUndefinedEquality") // promises are compared by identity
final class PendingIds {
    private final int most;
    private final Map<Integer, Pending> pending = new HashMap<>();
    private final Deque<Integer> fresh = new ArrayDeque<>();
    private final Deque<Integer> again = new ArrayDeque<>();

    /** An id that is not known yet. */
    static final class Pending {
        final long since;
        private final Set<CompletableFuture<Void>> waiting = new HashSet<>();
        private int failures;

        private Pending(long since) {
            this.since = since;
        }

        void add(CompletableFuture<Void> waiter) {
            waiting.add(waiter);
        }
    }

    PendingIds(int most) {
        this.most = most;
    }

    @Nullable Pending find(int id) {
        return pending.get(id);
    }

    boolean isFull() {
        return pending.size() >= most;
    }

    /** How many promises wait, of all ids. */
    int waiting() {
        return pending.values().stream().mapToInt(entry -> entry.waiting.size()).sum();
    }

    /** Whether there is one id only. */
    boolean isSingle() {
        return pending.size() == 1;
    }

    Pending add(int id, long now) {
        Pending added = new Pending(now);
        pending.put(id, added);
        fresh.add(id);
        return added;
    }

    void remove(int id, CompletableFuture<Void> waiter) {
        Pending entry = pending.get(id);
        if (entry != null) {
            entry.waiting.remove(waiter);
        }
    }

    /** Takes the id to ask for next; null if there is none. */
    @Nullable Integer poll() {
        return fresh.isEmpty() ? again.poll() : fresh.poll();
    }

    boolean hasFresh() {
        return !fresh.isEmpty();
    }

    boolean hasNext() {
        return !fresh.isEmpty() || !again.isEmpty();
    }

    /**
     * Puts an id that had no answer last. Returns how often it had none; 1 if it is not pending.
     */
    int askAgain(int id) {
        Pending entry = pending.get(id);
        if (entry == null) {
            return 1;
        }
        again.add(id);
        return ++entry.failures;
    }

    /** Takes an id away. Returns the promises to those that wait for it. */
    List<CompletableFuture<Void>> take(int id) {
        Pending entry = pending.remove(id);
        return entry == null ? List.of() : List.copyOf(entry.waiting);
    }

    /** Takes all ids away. */
    List<CompletableFuture<Void>> takeAll() {
        List<CompletableFuture<Void>> waiting = new ArrayList<>();
        pending.values().forEach(entry -> waiting.addAll(entry.waiting));
        pending.clear();
        fresh.clear();
        again.clear();
        return waiting;
    }

    /** The promises to those that wait for one of certain ids, with the id; they stay. */
    Map<CompletableFuture<Void>, Integer> waitingFor(Predicate<Pending> which) {
        Map<CompletableFuture<Void>, Integer> found = new HashMap<>();
        pending.forEach(
                (id, entry) -> {
                    if (which.test(entry)) {
                        entry.waiting.forEach(waiter -> found.put(waiter, id));
                    }
                });
        return found;
    }
}
