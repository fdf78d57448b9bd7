package dev.iresnet.chaos.run;

import dev.iresnet.chaos.cluster.FlinkJob;
import dev.iresnet.chaos.fault.Draw;
import dev.iresnet.chaos.fault.Proof;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A fault that was tried.
 *
 * @param at when
 * @param before how things stood then
 * @param restored the checkpoint that the job went on from, if it had to
 * @param recovered after what time everything ran and results were seen again; empty if they were
 *     not
 */
record Incident(
        Draw draw,
        Instant at,
        Before before,
        Proof proof,
        Optional<FlinkJob.Restored> restored,
        Optional<Duration> recovered) {

    /**
     * The moment before a fault.
     *
     * @param inOperator frames that the operator had under way, as of Flink's last look
     * @param uncommitted frames that Kafka had and whose answer no consumer had seen
     */
    record Before(long inOperator, long uncommitted) {}

    /** Whether it counts: it was seen to bite, it met frames in flight, and what it calls for. */
    boolean counts() {
        return proof.bit()
                && before.uncommitted() > 0
                && (restored.isPresent() || !draw.kind().restores());
    }
}
