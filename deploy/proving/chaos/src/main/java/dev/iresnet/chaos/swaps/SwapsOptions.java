package dev.iresnet.chaos.swaps;

import java.time.Duration;

/**
 * What a run is to be.
 *
 * @param times that a version is published; every third is a broken one
 * @param load share of the measured capacity that is fed
 * @param steady before the first version, without any
 * @param calm between two versions
 */
record SwapsOptions(int times, double load, Duration steady, Duration calm) {
    private static final int BROKEN_EVERY = 3;
    private static final int ROLLED_BACK_EVERY = 10;

    SwapsOptions {
        if (times < BROKEN_EVERY || load <= 0 || load > 1) {
            throw new IllegalArgumentException(
                    "--times must be %d or more and --load above 0 and at most 1, got %d and %s"
                            .formatted(BROKEN_EVERY, times, load));
        }
    }

    boolean isBroken(int attempt) {
        return attempt % BROKEN_EVERY == 0;
    }

    /** Whether the version before is pinned after that attempt, and let go again. */
    boolean isRolledBack(int attempt) {
        return attempt % ROLLED_BACK_EVERY == ROLLED_BACK_EVERY / 2;
    }

    /** Sound versions, the first one among them. */
    int soundVersions() {
        return 1 + times - times / BROKEN_EVERY;
    }
}
