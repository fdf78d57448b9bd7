package dev.iresnet.serving;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A moment until which several things together may be waited for.
 *
 * @param nanos the clock, as {@link System#nanoTime}
 * @param at that clock's reading then
 */
record Deadline(LongSupplier nanos, long at) {

    /** From now on, by {@code nanos}. */
    static Deadline in(Duration time, LongSupplier nanos) {
        return new Deadline(nanos, nanos.getAsLong() + time.toNanos());
    }

    /** Nanoseconds; zero or less once it has passed. */
    long left() {
        return at - nanos.getAsLong();
    }
}
