package dev.iresnet.chaos.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.iresnet.proving.feed.FeedReport;
import java.time.Instant;
import java.util.List;

/**
 * How a run went.
 *
 * @param began when the paced feed did
 * @param ended when it had ended
 * @param capacityPerSecond as measured before
 * @param feed of the paced stretch
 * @param verdict the verifier's
 * @param surprises what ended without having been made to
 * @param blocked partitions that a reader of committed records cannot read to the end
 */
record Outcome(
        Instant began,
        Instant ended,
        double capacityPerSecond,
        FeedReport feed,
        List<Incident> incidents,
        Gaps gaps,
        JsonNode verdict,
        List<String> surprises,
        List<String> blocked) {

    Outcome {
        incidents = List.copyOf(incidents);
        surprises = List.copyOf(surprises);
        blocked = List.copyOf(blocked);
    }
}
