package dev.iresnet.engine.thread;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A moment until which several things together may be waited for.
 *
 * @param nanos the clock, as {@link System#nanoTime}
 * @param at that clock's reading then
 */
public record Deadline(LongSupplier nanos, long at) {

    /** From now on, by {@code nanos}. */
    public static Deadline in(Duration time, LongSupplier nanos) {
        return new Deadline(nanos, nanos.getAsLong() + time.toNanos());
    }

    /** Nanoseconds; zero or less once it has passed. */
    public long left() {
        return at - nanos.getAsLong();
    }
}
