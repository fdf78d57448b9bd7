package dev.iresnet.chaos.soak;

import com.fasterxml.jackson.databind.JsonNode;
import dev.iresnet.proving.feed.FeedReport;
import java.util.List;
import java.util.Map;

/**
 * How a soak went.
 *
 * @param capacityPerSecond as measured before
 * @param feed of the soak itself
 * @param heaps in use
 * @param shed frames by reason
 * @param verdict the verifier's
 * @param surprises what failed although nothing was done to it
 */
record SoakOutcome(
        Timetable timetable,
        double capacityPerSecond,
        FeedReport feed,
        Log log,
        Heaps heaps,
        Map<String, Long> shed,
        JsonNode verdict,
        List<String> surprises) {

    /**
     * Megabytes in use after a full collection, by process.
     *
     * @param before in the middle of the warm-up
     * @param after at the end, frames still flowing
     */
    record Heaps(Map<String, Integer> before, Map<String, Integer> after) {

        Heaps {
            before = Map.copyOf(before);
            after = Map.copyOf(after);
        }
    }
}
