package dev.iresnet.decoding.fetch;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Which pictures wait to be fetched, which are being read, and what of the memory for them is
 * taken. Stores take turns; of one store's pictures the one that is due first goes first, and where
 * the memory for it is missing it is waited for: smaller ones do not slip past.
 *
 * <p>Memory is taken from the beginning of an attempt until its thread comes back from it or, if it
 * has brought the picture, until a decoder is done with that. An attempt that is abandoned before
 * its store has opened the picture holds nothing yet, and never will: else a few reads that hang
 * would take the memory of all stores.
 *
 * <p>Time is passed in, never read: nanoseconds. Not thread-safe; {@link Fetcher} guards it.
 */
final class Fetches {

    /** Hears of what is worth a line in the log. */
    interface Watch {
        void down(String store, Throwable cause, int waiting, long now);

        void up(String store, long since, long now);
    }

    /** A read that is under way. */
    static final class Attempt {
        final Fetch fetch;
        final Thread thread;
        private final long startedAt;

        private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.OPENING);

        private enum Phase {
            OPENING,
            HOLDING,
            ABANDONED_EMPTY,
            ABANDONED_HOLDING
        }

        private Attempt(Fetch fetch, Thread thread, long startedAt) {
            this.fetch = fetch;
            this.thread = thread;
            this.startedAt = startedAt;
        }

        /** Nobody waits for it any more; its fetch has been put back in line. */
        boolean isAbandoned() {
            Phase now = phase.get();
            return now == Phase.ABANDONED_EMPTY || now == Phase.ABANDONED_HOLDING;
        }

        /**
         * Called by its thread before it takes the memory for the picture.
         *
         * @return whether it may
         */
        boolean hold() {
            return phase.compareAndSet(Phase.OPENING, Phase.HOLDING);
        }

        /** Whether its memory is free from now on. */
        private boolean abandon() {
            if (phase.compareAndSet(Phase.OPENING, Phase.ABANDONED_EMPTY)) {
                return true;
            }
            phase.set(Phase.ABANDONED_HOLDING);
            return false;
        }
    }

    private final FetchPolicy policy;
    private final BackOff backOff;
    private final Watch watch;
    private final Map<String, StoreCircuitBreaker> lines = new LinkedHashMap<>();
    private final Set<Attempt> running = new HashSet<>();
    private long numbers;
    private long memory;
    private int stuck;
    private long retries;

    Fetches(FetchPolicy policy, BackOff backOff, Watch watch) {
        this.policy = policy;
        this.backOff = backOff;
        this.watch = watch;
    }

    void add(Recipient recipient, long now) {
        Fetch fetch = new Fetch(recipient, numbers++, now);
        line(fetch).add(fetch);
    }

    /** Begins the next attempt, on {@code thread}; null if nothing is due or memory is short. */
    @Nullable Attempt begin(Thread thread, long now) {
        for (Map.Entry<String, StoreCircuitBreaker> entry : lines.entrySet()) {
            StoreCircuitBreaker line = entry.getValue();
            Fetch fetch = line.due(now);
            if (fetch == null) {
                continue;
            }
            if (memory > 0 && memory + fetch.size() > policy.memory()) {
                return null;
            }
            line.began(fetch);
            memory += fetch.size();
            retries += fetch.failures > 0 ? 1 : 0;
            Attempt attempt = new Attempt(fetch, thread, now);
            running.add(attempt);
            lines.remove(entry.getKey());
            lines.put(entry.getKey(), line);
            return attempt;
        }
        return null;
    }

    /** The store has given the picture, whose memory stays taken until {@link #release}. */
    void succeeded(Attempt attempt, long now) {
        end(attempt);
        answered(attempt, now);
    }

    /** The store has answered that this picture will never come, or what it gave is another. */
    void refused(Attempt attempt, long now) {
        end(attempt);
        memory -= attempt.fetch.size();
        answered(attempt, now);
    }

    void failed(Attempt attempt, Throwable cause, long now) {
        end(attempt);
        memory -= attempt.fetch.size();
        putBack(attempt, cause, now);
    }

    /**
     * Takes out the attempts that take too long. Their fetches wait again; their threads are the
     * caller's to interrupt.
     */
    List<Attempt> abandonOverdue(Throwable cause, long now) {
        List<Attempt> overdue =
                running.stream()
                        .filter(a -> now - a.startedAt > policy.timeout().toNanos())
                        .toList();
        for (Attempt attempt : overdue) {
            if (attempt.abandon()) {
                memory -= attempt.fetch.size();
            }
            end(attempt);
            stuck++;
            putBack(attempt, cause, now);
        }
        return overdue;
    }

    /** The thread of an abandoned attempt has come back. */
    void returned(Attempt attempt) {
        stuck--;
        if (attempt.phase.get() == Attempt.Phase.ABANDONED_HOLDING) {
            memory -= attempt.fetch.size();
        }
    }

    /** A decoder is done with a picture. */
    void release(int bytes) {
        memory -= bytes;
    }

    /**
     * Takes out the waiting ones that match; they are told how long their store has made them wait.
     */
    List<Fetch> remove(long now, BiPredicate<Fetch, Long> condition) {
        List<Fetch> found = new ArrayList<>();
        for (StoreCircuitBreaker line : lines.values()) {
            found.addAll(line.remove(fetch -> condition.test(fetch, line.keptWaiting(fetch, now))));
        }
        return found;
    }

    void clear() {
        lines.values().forEach(line -> line.remove(fetch -> true));
    }

    boolean isIdle() {
        return waiting() == 0 && running.isEmpty();
    }

    int waiting() {
        return lines.values().stream().mapToInt(StoreCircuitBreaker::waiting).sum();
    }

    int running() {
        return running.size();
    }

    int stuck() {
        return stuck;
    }

    long retries() {
        return retries;
    }

    long memory() {
        return memory;
    }

    int storesDown() {
        return (int) lines.values().stream().filter(StoreCircuitBreaker::isDown).count();
    }

    private void end(Attempt attempt) {
        running.remove(attempt);
        line(attempt.fetch).ended();
    }

    private void answered(Attempt attempt, long now) {
        StoreCircuitBreaker line = line(attempt.fetch);
        long since = line.downSince();
        if (line.answered()) {
            watch.up(attempt.fetch.store(), since, now);
        }
    }

    private void putBack(Attempt attempt, Throwable cause, long now) {
        StoreCircuitBreaker line = line(attempt.fetch);
        if (line.failed(attempt.fetch, now)) {
            watch.down(attempt.fetch.store(), cause, line.waiting(), now);
        }
    }

    private StoreCircuitBreaker line(Fetch fetch) {
        return lines.computeIfAbsent(fetch.store(), store -> new StoreCircuitBreaker(backOff));
    }
}
