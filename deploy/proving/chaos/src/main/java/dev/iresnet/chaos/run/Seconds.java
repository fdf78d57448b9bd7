package dev.iresnet.chaos.run;

import java.time.Duration;

/** Durations for people. */
final class Seconds {
    private static final double MILLIS = 1000;

    private Seconds() {}

    /** To the millisecond. */
    static double of(Duration duration) {
        return duration.toMillis() / MILLIS;
    }
}
