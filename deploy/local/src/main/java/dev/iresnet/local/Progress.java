package dev.iresnet.local;

import java.time.Duration;
import java.util.List;

/**
 * Where a run stands.
 *
 * @param elapsed since the job was ready
 * @param in frames in the input topic, less those that were there before
 * @param labelled results, committed or not
 * @param deadLettered dead letters, committed or not
 * @param perSecond results a second, lately
 * @param latencyMillis capture to send, of the last results
 * @param last the newest result of some cameras
 */
record Progress(
        Duration elapsed,
        long in,
        long labelled,
        long deadLettered,
        double perSecond,
        Quantiles latencyMillis,
        List<Sighting> last) {

    Progress {
        last = List.copyOf(last);
    }

    /** Whether there is nothing new to tell. */
    boolean sameCounts(Progress other) {
        return in == other.in && labelled == other.labelled && deadLettered == other.deadLettered;
    }
}
