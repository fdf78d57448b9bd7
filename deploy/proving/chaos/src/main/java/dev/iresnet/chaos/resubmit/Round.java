package dev.iresnet.chaos.resubmit;

import dev.iresnet.chaos.gauge.Reading;
import java.time.Instant;
import java.util.Map;

/**
 * One job, from its submission to its cancellation, and what the cluster's processes held
 * afterwards.
 *
 * @param jobId as Flink gave it
 * @param cancelledAt when Flink said so
 * @param answered frames since the round before
 * @param uncommitted frames without an answer at the moment of cancellation
 * @param readings by process, after a full collection, and after the C library has given back what
 *     it held free
 * @param liveHeapMb by process, what that collection left
 */
record Round(
        String jobId,
        Instant cancelledAt,
        long answered,
        long uncommitted,
        Map<String, Reading> readings,
        Map<String, Integer> liveHeapMb) {

    Round {
        readings = Map.copyOf(readings);
        liveHeapMb = Map.copyOf(liveHeapMb);
    }
}
