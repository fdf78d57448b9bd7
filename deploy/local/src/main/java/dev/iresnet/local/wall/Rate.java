package dev.iresnet.local.wall;

import java.time.Instant;
import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * Events a second, by the time at which they happened: answers become visible in bursts, one a
 * checkpoint, and partition by partition, so the time of their arrival says nothing. Takes a fixed
 * amount of memory; for one thread.
 */
final class Rate {

    /** Whole seconds that a rate is the mean of, at most. */
    static final int WINDOW = 5;

    /** Seconds that one partition may be read ahead of another. */
    static final int KEPT = 64;

    private final long[] counts = new long[KEPT];
    private boolean empty = true;
    private long first;
    private long newest;

    /** Counts one. One that is {@value #KEPT} seconds away from the newest begins anew. */
    void count(Instant at) {
        count(at, 1);
    }

    /** The same of several at once. */
    void count(Instant at, long events) {
        long second = at.getEpochSecond();
        if (empty || Math.abs(second - newest) >= KEPT) {
            begin(second);
        }
        for (long next = newest + 1; next <= second; next++) {
            counts[slot(next)] = 0;
        }
        newest = Math.max(newest, second);
        first = Math.min(first, second);
        counts[slot(second)] += events;
    }

    /** Mean of the last whole seconds before the newest event's; empty while there is none. */
    OptionalDouble perSecond() {
        // The first second was under way when counting began.
        long seconds = empty ? 0 : Math.min(WINDOW, newest - first - 1);
        if (seconds <= 0) {
            return OptionalDouble.empty();
        }
        long sum = 0;
        for (long second = newest - seconds; second < newest; second++) {
            sum += counts[slot(second)];
        }
        return OptionalDouble.of((double) sum / seconds);
    }

    private void begin(long second) {
        Arrays.fill(counts, 0);
        first = second;
        newest = second;
        empty = false;
    }

    private static int slot(long second) {
        return (int) Math.floorMod(second, (long) KEPT);
    }
}
