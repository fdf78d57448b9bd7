package dev.iresnet.chaos.swaps;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;

/**
 * How a run went.
 *
 * @param pace what was fed
 * @param changes in order
 * @param findings of what was labelled
 * @param verdict the verifier's
 * @param surprises what failed although nothing was done to it
 */
record SwapsOutcome(
        Pace pace,
        List<Change> changes,
        Findings findings,
        JsonNode verdict,
        List<String> surprises) {

    SwapsOutcome {
        changes = List.copyOf(changes);
        surprises = List.copyOf(surprises);
    }

    /**
     * When, and how much.
     *
     * @param capacity frames a second that the job does
     * @param rate frames a second that came
     */
    record Pace(Instant began, Instant ended, double capacity, double rate) {}

    /**
     * What results say.
     *
     * @param scores held against those of the version that each claims
     * @param succession of versions
     * @param latencies of frames, by what was going on when they were taken
     * @param leastDifference between two versions on any picture
     */
    record Findings(
            ScoreAudit scores,
            Succession succession,
            ChangeLatencies latencies,
            double leastDifference) {}
}
