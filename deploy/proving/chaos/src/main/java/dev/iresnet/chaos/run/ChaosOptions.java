package dev.iresnet.chaos.run;

import java.time.Duration;

/**
 * What a run is to be.
 *
 * @param seed of the faults and of the feed
 * @param length for which frames are fed and faults happen
 * @param faults that must have bitten
 * @param load share of the measured capacity that is fed
 * @param guarantee as the job's {@code delivery.guarantee} takes it
 */
record ChaosOptions(long seed, Duration length, int faults, double load, String guarantee) {

    ChaosOptions {
        if (!(load > 0 && load <= 1)) {
            throw new IllegalArgumentException("--load must be above 0 and at most 1, got " + load);
        }
    }
}
