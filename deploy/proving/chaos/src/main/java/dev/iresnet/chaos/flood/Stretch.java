package dev.iresnet.chaos.flood;

import dev.iresnet.proving.feed.FeedReport;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A while of frames, and what became of them.
 *
 * @param began when its feed did
 * @param others of the cameras that are not the flood
 * @param flood of the flood; empty if there was none
 * @param shedByReason of all cameras, by the job's count
 * @param feed of the others
 */
record Stretch(
        Instant began,
        Tally.Figures others,
        Optional<Tally.Figures> flood,
        Map<String, Long> shedByReason,
        FeedReport feed) {

    Stretch {
        shedByReason = Map.copyOf(shedByReason);
    }
}
