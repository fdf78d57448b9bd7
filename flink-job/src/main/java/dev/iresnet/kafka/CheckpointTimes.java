package dev.iresnet.kafka;

import java.time.Duration;

/**
 * How Flink takes checkpoints and restarts, whether its own options or ours say so.
 *
 * <p>Not in here: {@code execution.checkpointing.interval-during-backlog}, which counts only while
 * a source says that it has a backlog, and Kafka's source never says so.
 *
 * @param interval from one checkpoint's beginning to the next one's; zero or less for none
 * @param minPause from one's end to the next one's beginning, at least
 * @param timeout after which one counts as failed
 * @param tolerableFailures checkpoints in a row that may fail before the job does
 * @param restartDelay the longest pause that the restart strategy makes before it tries again
 */
public record CheckpointTimes(
        Duration interval,
        Duration minPause,
        Duration timeout,
        int tolerableFailures,
        Duration restartDelay) {

    boolean taken() {
        return !interval.isZero() && !interval.isNegative();
    }

    /**
     * The longest time between a record's being sent and its transaction's being committed. A task
     * opens a transaction when it has passed a barrier on; that checkpoint may take until its
     * timeout because of another task, the next one waits for the pause and may take as long, and
     * each tolerated failure adds one.
     */
    Duration longestUncommitted() {
        Duration afterSlowOne = timeout.plus(minPause);
        Duration fromOneToNext = interval.compareTo(afterSlowOne) > 0 ? interval : afterSlowOne;
        return fromOneToNext.multipliedBy(1L + tolerableFailures).plus(timeout);
    }

    /** An outage ends when the restart strategy tries again. */
    Duration longestOutage(Duration expected) {
        return expected.compareTo(restartDelay) > 0 ? expected : restartDelay;
    }
}
