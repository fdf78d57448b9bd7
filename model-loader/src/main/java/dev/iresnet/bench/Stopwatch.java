package dev.iresnet.bench;

import java.util.Arrays;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;

/** Times a call over and over. */
final class Stopwatch {
    private static final int FEWEST = 3;

    private final LongSupplier nanoClock;

    Stopwatch(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /**
     * Calls until {@code seconds} have passed, and at least {@value #FEWEST} times.
     *
     * @return nanoseconds of each call, ascending
     */
    long[] time(Runnable call, double seconds) {
        LongStream.Builder times = LongStream.builder();
        long start = nanoClock.getAsLong();
        long now = start;
        for (int calls = 0; calls < FEWEST || now - start < seconds * 1e9; calls++) {
            long before = now;
            call.run();
            now = nanoClock.getAsLong();
            times.add(now - before);
        }
        long[] sorted = times.build().toArray();
        Arrays.sort(sorted);
        return sorted;
    }

    /**
     * By nearest rank.
     *
     * @param sorted ascending, not empty
     * @param part 0 (exclusive) to 1
     */
    static long percentile(long[] sorted, double part) {
        return sorted[(int) Math.ceil(part * sorted.length) - 1];
    }
}
