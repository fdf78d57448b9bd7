package dev.iresnet.local;

import java.util.Map;
import java.util.OptionalDouble;

/**
 * How a run went. All but the mean batch is the verifier's word, which read committed results only.
 *
 * @param events frames that were sent
 * @param labeled of them answered with a result
 * @param deadLettered of them answered with a dead letter
 * @param lost of them answered with neither
 * @param duplicated answers beyond a frame's first
 * @param reordered results that came after a later frame's of the same camera
 * @param accuracy share of right first labels, 0..1, over frames whose label is known; empty of
 *     none
 * @param meanBatchSize frames a batch, from the job's own counters over REST
 * @param throughputPerSecond results a second from the first to the last
 * @param latencyMillis from capture to the result's send
 * @param visibleLatencyMillis from capture to the verifier's poll
 * @param versions of what took part, by name
 */
record Summary(
        long events,
        long labeled,
        long deadLettered,
        long lost,
        long duplicated,
        long reordered,
        OptionalDouble accuracy,
        OptionalDouble meanBatchSize,
        double throughputPerSecond,
        Quantiles latencyMillis,
        Quantiles visibleLatencyMillis,
        Map<String, String> versions) {

    /** Whether each frame was answered once and in order. */
    boolean allAccountedFor() {
        return lost == 0 && duplicated == 0 && reordered == 0 && labeled + deadLettered == events;
    }
}
