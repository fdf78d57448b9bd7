package dev.iresnet.kafka;

import java.time.Duration;

/**
 * What Flink really does, whoever has set it.
 *
 * @param interval from one checkpoint to the next; zero or less for none
 * @param timeout after which one counts as failed
 * @param tolerableFailures checkpoints in a row that may fail before the job does
 */
public record CheckpointTimes(Duration interval, Duration timeout, int tolerableFailures) {

    boolean taken() {
        return !interval.isZero() && !interval.isNegative();
    }

    /** The longest time between a record's being sent and its transaction's being committed. */
    Duration longestUncommitted() {
        return interval.plus(timeout).multipliedBy(1L + tolerableFailures);
    }
}
