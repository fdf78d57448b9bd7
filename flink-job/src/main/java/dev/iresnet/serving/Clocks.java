package dev.iresnet.serving;

import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The two kinds of time.
 *
 * @param nanos for durations, as {@link System#nanoTime}
 * @param wall for the moment that a result states
 */
record Clocks(LongSupplier nanos, InstantSource wall) {
    static final Clocks SYSTEM = new Clocks(System::nanoTime, InstantSource.system());
}
