package dev.iresnet.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.iresnet.config.ConfigException;
import dev.iresnet.config.JobConfig;
import dev.iresnet.kafka.CheckpointTimes;
import dev.iresnet.kafka.PreflightChecks;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Flink's own settings do to the time between two commits. */
class CheckpointingTest {
    private static final JobConfig CONFIG =
            JobConfig.read(
                    List.of(
                            "--kafka.bootstrap.servers=broker:9092",
                            "--kafka-checks.enabled=false",
                            "--input.topics=image-events",
                            "--output.topic=labeled-results",
                            "--model.path=/models/demo"),
                    Map.of());

    @Test
    void theDefaultsLeaveATransactionLongEnough() {
        checks(Map.of()).run();
    }

    @ParameterizedTest
    @CsvSource({
        "execution.checkpointing.min-pause, 20 min, 34 min",
        // the checkpoint before the next one may take until its time-out, too
        "execution.checkpointing.timeout, 4 min, 18 min",
        "execution.checkpointing.interval, 5 min, 17 min",
        "execution.checkpointing.tolerable-failed-checkpoints, 1, 16 min",
        "restart-strategy.exponential-delay.max-backoff, 30 min, 34 min",
    })
    void whatStretchesTheTimeBetweenTwoCommitsCounts(String key, String value, String needed) {
        assertThat(errors(Map.of(key, value)))
                .singleElement()
                .asString()
                .startsWith("delivery.transaction-timeout is 15 min and must be at least " + needed)
                .contains("execution.checkpointing.min-pause", "restart strategy");
    }

    @ParameterizedTest
    @CsvSource({
        "fixed-delay, restart-strategy.fixed-delay.delay",
        "failure-rate, restart-strategy.failure-rate.delay",
    })
    void theDelayOfTheRestartStrategyThatIsSetCounts(String strategy, String key) {
        Map<String, String> settings = Map.of("restart-strategy.type", strategy, key, "1 h");
        assertThat(errors(settings)).singleElement().asString().contains("at least 64 min");
        checks(Map.of("restart-strategy.type", "none", key, "1 h")).run();
    }

    /** Kafka's source never says that it has a backlog. */
    @Test
    void theIntervalDuringABacklogDoesNotCount() {
        checks(Map.of("execution.checkpointing.interval-during-backlog", "1 h")).run();
    }

    private static List<String> errors(Map<String, String> flink) {
        return catchThrowableOfType(ConfigException.class, () -> checks(flink).run()).errors();
    }

    private static PreflightChecks checks(Map<String, String> flink) {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(Configuration.fromMap(flink));
        CheckpointTimes times = Checkpointing.apply(CONFIG.checkpoints(), env);
        return new PreflightChecks(CONFIG, times);
    }
}
