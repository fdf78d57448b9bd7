package dev.iresnet.chaos.harness;

import java.util.Arrays;

/**
 * What a job did when it had as much to do as it could, where its batches are small and many: of
 * two that end together the second counts as work of no time.
 */
public final class Throughput {
    private static final double MILLIS_PER_SECOND = 1000;

    private Throughput() {}

    /**
     * Results a second in the later part of a stretch of work. The earlier part is left out: it is
     * when the machine code was still being made. Results of a batch are sent at the same time:
     * those of the first that counts only start the clock, else they would be work that took no
     * time.
     *
     * @param sentMillis when each result was sent, in any order
     * @param leaveOut share of the results, from the beginning, that do not count
     * @throws IllegalArgumentException if there is too little to tell
     */
    public static double perSecond(long[] sentMillis, double leaveOut) {
        long[] sorted = sentMillis.clone();
        Arrays.sort(sorted);
        int first = (int) (sorted.length * leaveOut);
        if (first >= sorted.length || sorted[sorted.length - 1] == sorted[first]) {
            throw new IllegalArgumentException(
                    "%d results do not tell a throughput".formatted(sorted.length));
        }
        long start = sorted[first];
        long count = Arrays.stream(sorted).filter(millis -> millis > start).count();
        return count * MILLIS_PER_SECOND / (sorted[sorted.length - 1] - start);
    }
}
