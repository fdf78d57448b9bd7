package dev.iresnet.chaos.load;

import java.util.Arrays;

/** What a job did when it had as much to do as it could. */
public final class Throughput {
    private static final double MILLIS_PER_SECOND = 1000;

    private Throughput() {}

    /**
     * Results a second in the later part of a stretch of work. The earlier part is left out: it is
     * when the machine code was still being made.
     *
     * @param sentMillis when each result was sent, in any order
     * @param leaveOut share of the results, from the beginning, that do not count
     * @throws IllegalArgumentException if there is too little to tell
     */
    public static double perSecond(long[] sentMillis, double leaveOut) {
        long[] sorted = sentMillis.clone();
        Arrays.sort(sorted);
        int first = (int) (sorted.length * leaveOut);
        int count = sorted.length - 1 - first;
        if (count < 1 || sorted[sorted.length - 1] == sorted[first]) {
            throw new IllegalArgumentException(
                    "%d results do not tell a throughput".formatted(sorted.length));
        }
        return count * MILLIS_PER_SECOND / (sorted[sorted.length - 1] - sorted[first]);
    }
}
