package dev.iresnet.engine.batch;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.IntSupplier;
import java.util.function.IntUnaryOperator;
import java.util.function.Predicate;

/**
 * Decides which items make the next batch, and when. With no delay it is work-conserving: the
 * device does not idle while an item waits, and batches grow by themselves while it is busy; of
 * less than a full batch only a portion goes where company is not cheap ({@link BatchTimes}). Only
 * a full batch joins one that is on the device: two at once use the pauses that each of them has,
 * but a small one beside another would make both slower and their frames wait longer. First in,
 * first out.
 *
 * <p>Time is passed in, never read. Not thread-safe.
 */
public final class Batcher<T> {
    /** From {@link #nanosUntilDue}: nothing that waits will be due by itself. */
    static final long NEVER = Long.MAX_VALUE;

    private final IntSupplier limit;
    private final IntUnaryOperator portion;
    private final long maxDelay;
    private final Queue<Waiting<T>> waiting = new ArrayDeque<>();
    private int onDevice;

    private record Waiting<T>(T item, long since) {}

    /**
     * Makes an empty one.
     *
     * @param limit frames a batch at most, at the time of asking
     * @param times by which the items that go are chosen; where there is a delay, all go: a delay
     *     is asked for to get fuller batches
     * @param maxDelay how long the oldest item may wait for company
     */
    public Batcher(IntSupplier limit, BatchTimes times, Duration maxDelay) {
        this.limit = limit;
        this.portion = maxDelay.isZero() ? times::portion : IntUnaryOperator.identity();
        this.maxDelay = maxDelay.toNanos();
    }

    /**
     * Takes an item.
     *
     * @param now not before that of any earlier call, in nanoseconds of any origin
     * @return whether this may have changed what {@link #nanosUntilDue} answers
     */
    public boolean add(T item, long now) {
        waiting.add(new Waiting<>(item, now));
        return (waiting.size() == 1 && onDevice == 0) || waiting.size() >= limit.getAsInt();
    }

    /**
     * How long until {@link #poll} gives a batch if nothing is added and no batch comes back: 0, or
     * {@link #NEVER}.
     */
    public long nanosUntilDue(long now) {
        Waiting<T> oldest = waiting.peek();
        if (oldest == null) {
            return NEVER;
        }
        if (waiting.size() >= limit.getAsInt()) {
            return 0;
        }
        if (onDevice > 0) {
            return NEVER;
        }
        // Differences, because an origin of nanoseconds may be anywhere.
        return Math.max(0, maxDelay - (now - oldest.since()));
    }

    /**
     * The batch that is due, oldest item first, at most as many as the limit allows; else nothing.
     * Each batch is followed by {@link #done}.
     */
    public List<T> poll(long now) {
        return nanosUntilDue(now) == 0 ? take() : List.of();
    }

    /**
     * A batch has come back from the device.
     *
     * @return whether this may have changed what {@link #nanosUntilDue} answers
     */
    public boolean done() {
        onDevice--;
        return onDevice == 0 && !waiting.isEmpty();
    }

    /** All that waits, due or not. */
    public List<T> drain() {
        List<T> items = new ArrayList<>(waiting.size());
        waiting.forEach(each -> items.add(each.item()));
        waiting.clear();
        return items;
    }

    /** Takes out what matches. What stays is due no sooner for it. */
    public List<T> remove(Predicate<T> condition) {
        List<T> removed = new ArrayList<>();
        waiting.removeIf(
                each -> {
                    boolean matches = condition.test(each.item());
                    if (matches) {
                        removed.add(each.item());
                    }
                    return matches;
                });
        return removed;
    }

    public int size() {
        return waiting.size();
    }

    private List<T> take() {
        int most = limit.getAsInt();
        int size = waiting.size() < most ? portion.applyAsInt(waiting.size()) : most;
        List<T> batch = new ArrayList<>(size);
        onDevice++;
        for (int i = 0; i < size; i++) {
            batch.add(waiting.remove().item());
        }
        return batch;
    }
}
