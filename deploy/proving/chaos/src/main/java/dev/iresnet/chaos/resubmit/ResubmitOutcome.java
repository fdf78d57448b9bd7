package dev.iresnet.chaos.resubmit;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;

/**
 * How a run went.
 *
 * @param rounds in order
 * @param verdict the verifier's
 * @param surprises processes that ended by themselves
 */
record ResubmitOutcome(
        Instant began,
        Instant ended,
        List<Round> rounds,
        JsonNode verdict,
        List<String> surprises) {

    ResubmitOutcome {
        rounds = List.copyOf(rounds);
        surprises = List.copyOf(surprises);
    }
}
