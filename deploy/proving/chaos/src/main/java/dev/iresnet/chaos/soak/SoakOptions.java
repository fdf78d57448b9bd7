package dev.iresnet.chaos.soak;

import java.time.Duration;
import java.util.List;

/**
 * What a soak is to be.
 *
 * @param length for which frames are fed, the warm-up included
 * @param load share of the measured capacity that is fed; above 1 the job sheds
 * @param maxAge the job's {@code freshness.max-age} where it sheds
 * @param seed of the feed
 */
record SoakOptions(Duration length, double load, Duration maxAge, long seed) {
    private static final Duration SHORTEST = Duration.ofMinutes(1);

    SoakOptions {
        if (length.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException(
                    "--minutes must be 1 or more, got " + length.toMinutes());
        }
        if (!(load > 0 && load <= 4)) {
            throw new IllegalArgumentException("--load must be above 0 and at most 4, got " + load);
        }
    }

    boolean sheds() {
        return load > 1;
    }

    /** Options of the job while it is measured. */
    List<String> freshness() {
        return sheds()
                ? List.of("--freshness.max-age=%d ms".formatted(maxAge.toMillis()))
                : List.of();
    }
}
