package dev.iresnet.job;

import dev.iresnet.config.DeliveryConfig;
import dev.iresnet.kafka.CheckpointTimes;
import java.time.Duration;
import java.util.Locale;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.CheckpointConfig;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Takes checkpoints as Flink's own configuration says, and as ours where that says nothing. */
final class Checkpointing {

    private Checkpointing() {}

    static CheckpointTimes apply(
            DeliveryConfig.Checkpoints policy, StreamExecutionEnvironment env) {
        ReadableConfig flink = env.getConfiguration();
        Configuration ours = new Configuration();
        if (flink.getOptional(CheckpointingOptions.CHECKPOINTING_INTERVAL).isEmpty()) {
            ours.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, policy.interval());
        }
        if (flink.getOptional(CheckpointingOptions.CHECKPOINTING_TIMEOUT).isEmpty()) {
            ours.set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, policy.timeout());
        }
        env.configure(ours);
        CheckpointConfig effective = env.getCheckpointConfig();
        return new CheckpointTimes(
                Duration.ofMillis(effective.getCheckpointInterval()),
                Duration.ofMillis(effective.getMinPauseBetweenCheckpoints()),
                Duration.ofMillis(effective.getCheckpointTimeout()),
                Math.max(0, effective.getTolerableCheckpointFailureNumber()),
                restartDelay(flink));
    }

    /** Where checkpoints are taken, Flink's own choice is the exponential delay. */
    private static Duration restartDelay(ReadableConfig flink) {
        String strategy = flink.getOptional(RestartStrategyOptions.RESTART_STRATEGY).orElse("");
        return switch (strategy.toLowerCase(Locale.ROOT)) {
            case "none", "off", "disable" -> Duration.ZERO;
            case "fixed-delay", "fixeddelay" ->
                    flink.get(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY);
            case "failure-rate", "failurerate" ->
                    flink.get(RestartStrategyOptions.RESTART_STRATEGY_FAILURE_RATE_DELAY);
            default ->
                    flink.get(
                            RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF);
        };
    }
}
