package dev.iresnet.serving;

import java.io.Serializable;
import java.time.Duration;

/**
 * How old a frame may be when its turn comes.
 *
 * @param maxAge since its capture; zero for any age, and then nothing is shed
 * @param deadLetters whether frames that are shed become dead letters rather than results
 */
public record Freshness(Duration maxAge, boolean deadLetters) implements Serializable {
    /** Any age will do. */
    public static final Freshness OFF = new Freshness(Duration.ZERO, false);

    public Freshness {
        if (maxAge.isNegative()) {
            throw new IllegalArgumentException(
                    "freshness.max-age must be 0 or more, got " + maxAge);
        }
    }

    boolean isOn() {
        return !maxAge.isZero();
    }
}
