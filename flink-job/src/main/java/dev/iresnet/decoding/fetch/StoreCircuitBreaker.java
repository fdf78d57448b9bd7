package dev.iresnet.decoding.fetch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The fetches that wait for one store, and whether it is up. A store is down after a few failures
 * in a row. From then on it is asked for one picture at a time, after pauses that grow: so a store
 * that is down keeps no threads from the others, and is not overrun when it comes back. It is up
 * with the first picture that it gives, and all that wait for it are due.
 *
 * <p>Time is passed in, never read: nanoseconds. Not thread-safe; {@link Fetches} guards it.
 */
final class StoreCircuitBreaker {
    /** Below it a failure is taken for the picture's, not the store's. */
    private static final int FAILURES_OF_A_STORE = 3;

    private final BackOff backOff;
    private final PriorityQueue<Fetch> waiting =
            new PriorityQueue<>(
                    Comparator.<Fetch>comparingLong(fetch -> fetch.dueAt)
                            .thenComparingLong(fetch -> fetch.number));
    private int running;
    private int failuresInRow;
    private boolean down;
    private boolean probing;
    private long downSince;
    private long probeAt;

    StoreCircuitBreaker(BackOff backOff) {
        this.backOff = backOff;
    }

    void add(Fetch fetch) {
        waiting.add(fetch);
    }

    /** The fetch whose turn it is; null if none is due. */
    @Nullable Fetch due(long now) {
        Fetch next = waiting.peek();
        if (next == null) {
            return null;
        }
        boolean due = down ? running == 0 && probeAt <= now : next.dueAt <= now;
        return due ? next : null;
    }

    /** The fetch that {@link #due} has named is under way. */
    void began(Fetch fetch) {
        waiting.remove(fetch);
        running++;
        probing = down;
    }

    /** An attempt is over that says nothing of the store: its thread is the only thing to count. */
    void ended() {
        running--;
    }

    /**
     * The store has answered, be it that there is no such picture.
     *
     * @return whether it was down
     */
    boolean answered() {
        boolean back = down;
        down = false;
        failuresInRow = 0;
        if (back) {
            List<Fetch> all = new ArrayList<>(waiting);
            waiting.clear();
            for (Fetch fetch : all) {
                fetch.dueAt = fetch.addedAt;
                waiting.add(fetch);
            }
        }
        return back;
    }

    /**
     * An attempt has failed; its fetch waits for the next.
     *
     * @return whether the store is down from now on
     */
    boolean failed(Fetch fetch, long now) {
        fetch.failures++;
        if (fetch.firstFailedAt == Fetch.NEVER) {
            // It has waited for its store before it was its turn to fail.
            fetch.firstFailedAt = now - keptWaiting(fetch, now);
        }
        fetch.dueAt = now + backOff.nanos(fetch.failures);
        waiting.add(fetch);
        boolean wasDown = down;
        // What was under way when the store went down fails with it; only probes count then.
        if (!wasDown || probing) {
            failuresInRow++;
            down = failuresInRow >= FAILURES_OF_A_STORE;
            probeAt = now + backOff.nanos(Math.max(1, failuresInRow - FAILURES_OF_A_STORE + 1));
        }
        if (down && !wasDown) {
            downSince = now;
        }
        return down && !wasDown;
    }

    /** Takes out those that match. */
    List<Fetch> remove(Predicate<Fetch> condition) {
        List<Fetch> found = waiting.stream().filter(condition).toList();
        found.forEach(waiting::remove);
        return found;
    }

    /**
     * How long this fetch has been kept waiting by its store, not by a want of threads or memory.
     */
    long keptWaiting(Fetch fetch, long now) {
        if (fetch.firstFailedAt != Fetch.NEVER) {
            return now - fetch.firstFailedAt;
        }
        return down ? now - Math.max(fetch.addedAt, downSince) : 0;
    }

    boolean isDown() {
        return down;
    }

    /** When it went down; meaningless while it is up. */
    long downSince() {
        return downSince;
    }

    int waiting() {
        return waiting.size();
    }
}
