package dev.iresnet.engine.batch;

import java.time.Duration;

/**
 * How many frames a batch may have at present: the configured number, until the device's memory
 * turns out to be too small for it. Then half of what did not fit, and after a rest twice as many
 * again, because what took the memory may have gone. Where a doubling fails the next rest is twice
 * as long: each attempt costs time on the device.
 *
 * <p>Time is passed in, never read. Thread-safe.
 */
public final class BatchLimit {
    private final int most;
    private final long shortestRest;
    private final long longestRest;
    private int current;
    private long rest;
    private long changedAt;
    private boolean doubled;
    private long splits;

    /**
     * Starts at {@code most}.
     *
     * @param most the configured number, 1 or more
     * @param shortestRest from a change to the first attempt at more
     * @param longestRest from a change to the next attempt at more
     */
    public BatchLimit(int most, Duration shortestRest, Duration longestRest) {
        this.most = most;
        this.current = most;
        this.shortestRest = shortestRest.toNanos();
        this.longestRest = longestRest.toNanos();
        this.rest = this.shortestRest;
    }

    public synchronized int current() {
        return current;
    }

    /** Batches that have not fitted. */
    public synchronized long splits() {
        return splits;
    }

    /**
     * A batch has not fitted.
     *
     * @param size its frames, 2 or more
     * @param now nanoseconds of any origin
     */
    public synchronized void overflowed(int size, long now) {
        splits++;
        // Another thread's batch may have been the smaller one.
        current = Math.min(current, (size + 1) / 2);
        if (doubled) {
            rest = Math.min(2 * rest, longestRest);
        }
        doubled = false;
        changedAt = now;
    }

    /**
     * A batch has fitted. Only full ones show that more may be tried.
     *
     * @param size its frames
     * @param now nanoseconds of any origin
     * @return whether the limit has grown
     */
    public synchronized boolean fitted(int size, long now) {
        if (size < current || (current == most && !doubled) || now - changedAt < rest) {
            return false;
        }
        if (current == most) {
            // It has held for a whole rest: the shortage is over.
            doubled = false;
            rest = shortestRest;
            return false;
        }
        current = Math.min(most, 2 * current);
        doubled = true;
        changedAt = now;
        return true;
    }
}
