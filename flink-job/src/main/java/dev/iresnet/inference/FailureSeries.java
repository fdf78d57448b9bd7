package dev.iresnet.inference;

import java.time.Duration;

/**
 * The failures of one key's engines at run time. A device may fail now and then for years; one that
 * fails again and again, soon after each new engine, will not be mended by another.
 *
 * <p>Time is passed in, never read: nanoseconds. Not thread-safe.
 */
final class FailureSeries {
    /** Engines that are made anew in a row. */
    static final int MOST = 3;

    /** From one failure to the next in a row, at most. */
    static final Duration ROW = Duration.ofMinutes(10);

    private long total;
    private int inRow;
    private long lastAt;
    private Throwable last = new IllegalStateException("none");

    void add(Throwable reason, long now) {
        inRow = isRecent(now) ? inRow + 1 : 1;
        total++;
        lastAt = now;
        last = reason;
    }

    /** Whether the last failure is recent enough to be the cause of what happens now. */
    boolean isRecent(long now) {
        return inRow > 0 && now - lastAt <= ROW.toNanos();
    }

    /** Whether another engine would be one too many. */
    boolean isTooMany(long now) {
        return isRecent(now) && inRow > MOST;
    }

    /** All failures. */
    long total() {
        return total;
    }

    int inRow() {
        return inRow;
    }

    Throwable last() {
        return last;
    }
}
