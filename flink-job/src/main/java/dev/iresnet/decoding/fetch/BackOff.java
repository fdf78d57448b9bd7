package dev.iresnet.decoding.fetch;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * Pauses that double with each failure in a row, up to the longest. Of each only the second half is
 * certain and the first is drawn, so that those who failed together do not come back together.
 *
 * @param random 0 to 1, exclusive
 */
record BackOff(Duration first, Duration longest, DoubleSupplier random) {
    private static final int MOST_DOUBLINGS = 30;

    /** Nanoseconds to wait after this many failures in a row, 1 or more. */
    long nanos(int failures) {
        long doubled = first.toNanos() << Math.min(failures - 1, MOST_DOUBLINGS);
        // Shifted out of a long by a long first pause: the longest it is.
        long pause = doubled <= 0 ? longest.toNanos() : Math.min(doubled, longest.toNanos());
        return pause / 2 + (long) (random.getAsDouble() * (pause - pause / 2));
    }
}
