package dev.iresnet.config;

import java.time.Duration;

/**
 * What is promised of the output.
 *
 * @param transactionTimeout after which Kafka aborts a transaction
 * @param longestOutage that transactions must survive
 */
public record DeliveryConfig(
        Guarantee guarantee, Duration transactionTimeout, Duration longestOutage) {
    static final OptionGroup OPTIONS = new OptionGroup();

    private static final Option<Guarantee> GUARANTEE =
            OPTIONS.choice(
                    "delivery.guarantee",
                    Guarantee.class,
                    "exactly-once",
                    """
                    `exactly-once`: read-committed consumers see a result when the next checkpoint
                    completes. `at-least-once`: they see it at once, and after a failure again, with
                    the same event id.
                    """);

    private static final Option<Duration> TRANSACTION_TIMEOUT =
            OPTIONS.duration(
                    "delivery.transaction-timeout",
                    "10 s..1 d",
                    "15 min",
                    """
                    After this time Kafka aborts a transaction, and its results are lost. Must be at
                    least the longest time from one commit to the next (twice the checkpoint
                    timeout, Flink's min-pause, more for tolerated failures) +
                    `delivery.longest-outage`, and at most the brokers'
                    `transaction.max.timeout.ms`.
                    """);

    private static final Option<Duration> LONGEST_OUTAGE =
            OPTIONS.duration(
                    "delivery.longest-outage",
                    "0 s..1 d",
                    "10 min",
                    """
                    The longest time that the job may be down, restarts included, without losing the
                    results of its open transactions.
                    """);

    /** What a consumer of the output may rely on. */
    public enum Guarantee {
        /**
         * Each frame once, seen by read-committed consumers when the checkpoint that follows it
         * completes.
         */
        EXACTLY_ONCE,
        /** Each frame at once, and again, with the same event id, after a failure. */
        AT_LEAST_ONCE;

        @Override
        public String toString() {
            return Option.spelling(this);
        }
    }

    /**
     * When checkpoints are taken.
     *
     * @param interval from one's beginning to the next one's
     * @param timeout after which one counts as failed
     */
    public record Checkpoints(Duration interval, Duration timeout) {
        static final OptionGroup OPTIONS = new OptionGroup();

        private static final Option<Duration> INTERVAL =
                OPTIONS.duration(
                        "checkpoint.interval",
                        "100 ms..1 d",
                        "10 s",
                        """
                        Used unless Flink's own `execution.checkpointing.interval` is set. With
                        `exactly-once` this is about the time until a result is seen. Each
                        checkpoint waits for the frames in flight.
                        """);

        private static final Option<Duration> TIMEOUT =
                OPTIONS.duration(
                        "checkpoint.timeout",
                        "1 s..1 d",
                        "2 min",
                        "Used unless Flink's own `execution.checkpointing.timeout` is set.");

        static Checkpoints from(Settings settings) {
            return new Checkpoints(settings.get(INTERVAL), settings.get(TIMEOUT));
        }
    }

    static DeliveryConfig from(Settings settings) {
        return new DeliveryConfig(
                settings.get(GUARANTEE),
                settings.get(TRANSACTION_TIMEOUT),
                settings.get(LONGEST_OUTAGE));
    }
}
