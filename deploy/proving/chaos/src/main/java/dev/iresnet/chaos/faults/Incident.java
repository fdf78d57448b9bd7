package dev.iresnet.chaos.faults;

import dev.iresnet.chaos.harness.FlinkJob;
import dev.iresnet.chaos.harness.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A fault that was tried.
 *
 * @param at when
 * @param framesInFlight that the operator had under way just before, as of Flink's last look
 * @param framesUncommitted just before: that Kafka had and whose answer no consumer had seen
 * @param restored the checkpoint that the job went on from, if it had to
 * @param recovered after what time everything ran and results were seen again; empty if they were
 *     not
 */
record Incident(
        Draw draw,
        Instant at,
        long framesInFlight,
        long framesUncommitted,
        Proof proof,
        Optional<FlinkJob.Restored> restored,
        Optional<Duration> recovered) {

    /** Whether it counts: it was seen to bite, it met frames in flight, and what it calls for. */
    boolean counts() {
        return proof.bit()
                && framesUncommitted > 0
                && (restored.isPresent() || !draw.kind().restores());
    }

    /** As a report has it. */
    Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("kind", draw.kind());
        members.put("at", at);
        members.put("lengthSeconds", draw.length());
        members.put("awaySeconds", proof.away());
        members.put("target", proof.target());
        members.put("bit", counts());
        members.put("proof", proof.text());
        members.put("framesInFlight", framesInFlight);
        members.put("framesUncommitted", framesUncommitted);
        members.put("restoredFrom", Report.tree(restored.orElse(null)));
        members.put("recoveredAfterSeconds", Report.tree(recovered.orElse(null)));
        return members;
    }
}
