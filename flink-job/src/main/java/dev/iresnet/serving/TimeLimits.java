package dev.iresnet.serving;

import java.time.Duration;

/**
 * How long things may take.
 *
 * @param hang how long a batch may be on the device before the process is halted; zero for ever
 * @param freshness how old frames may be
 */
public record TimeLimits(Duration hang, Freshness freshness) {
    /** None. */
    public static final TimeLimits NONE = new TimeLimits(Duration.ZERO, Freshness.OFF);

    public TimeLimits {
        if (hang.isNegative()) {
            throw new IllegalArgumentException(
                    "device.hang-timeout must be 0 or more, got " + hang);
        }
    }
}
