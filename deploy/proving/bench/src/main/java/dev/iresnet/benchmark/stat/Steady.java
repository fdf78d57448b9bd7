package dev.iresnet.benchmark.stat;

import dev.iresnet.benchmark.stat.Interleaved.Measure;
import java.io.IOException;

/**
 * Warming up: the work of a round is repeated until it gets no better. A fixed number of rounds
 * would measure the compiler on a slow machine: a job of many classes that had done 60,000 frames
 * still spent two fifths of its process's time in it.
 */
public final class Steady {
    /** Rounds without a better one after which it is warm. */
    private static final int GIVE_UP_AFTER = 3;

    /** Rounds at most: a machine that others use may go on getting better for long. */
    private static final int MOST = 20;

    /** By which a better round is better. */
    private static final double BETTER = 1.05;

    private Steady() {}

    /**
     * Repeats work until its rate rises no more.
     *
     * @return the greatest rate
     */
    public static double rate(Measure work) throws IOException {
        double best = 0;
        int without = 0;
        for (int round = 0; round < MOST && without < GIVE_UP_AFTER; round++) {
            double rate = work.take();
            without = rate > best * BETTER ? 0 : without + 1;
            best = Math.max(best, rate);
        }
        return best;
    }

    /**
     * Repeats work until its cost, above 0, falls no more.
     *
     * @return the least cost
     */
    public static double cost(Measure work) throws IOException {
        return 1 / rate(() -> 1 / work.take());
    }
}
