package dev.iresnet.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.iresnet.config.ConfigException;
import dev.iresnet.config.JobConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PreflightChecksTest {
    private static final int MIB = 1 << 20;
    private static final CheckpointTimes EVERY_10_S = times(Duration.ofSeconds(10), 0);
    private static final long QUARTER_HOUR = Duration.ofMinutes(15).toMillis();

    @Test
    void theDefaultsPassWhereTheDeadLetterTopicHasRoom() {
        RecordLimits limits = checks(EVERY_10_S).run(facts(MIB, 2 * MIB, QUARTER_HOUR));
        assertThat(limits).isEqualTo(new RecordLimits(MIB, MIB, 2 * MIB));
    }

    @Test
    void aSinglePictureMustBeDecodedWithinTheCheckpointTimeout() {
        CheckpointTimes hasty =
                new CheckpointTimes(
                        Duration.ofSeconds(10),
                        Duration.ZERO,
                        Duration.ofSeconds(5),
                        0,
                        Duration.ofMinutes(1));
        assertThat(errors(checks(hasty), facts(MIB, 2 * MIB, QUARTER_HOUR)))
                .containsExactly(
                        "image.max-work is 2400000000 (48 x image.max-pixels), which takes a slow"
                                + " core 6 s, and the checkpoint timeout is 5 s: a single picture"
                                + " could fail each checkpoint; lower image.max-work, or raise"
                                + " checkpoint.timeout (or Flink's"
                                + " execution.checkpointing.timeout)");
        assertThat(
                        checks(hasty, "--image.max-work=2000000000")
                                .run(facts(MIB, 2 * MIB, QUARTER_HOUR)))
                .isEqualTo(new RecordLimits(MIB, MIB, 2 * MIB));
    }

    @Test
    void aDeadLetterMustFit() {
        assertThat(errors(checks(EVERY_10_S), facts(MIB, MIB, QUARTER_HOUR)))
                .singleElement()
                .asString()
                .contains("dead-letter.topic 'image-events.dlq'")
                .contains("--add-config max.message.bytes=" + (MIB + 12 * 1024));
    }

    @Test
    void noDeadLetterFitsBehindTheLargestRecordsOfAll() {
        assertThat(
                        errors(
                                checks(EVERY_10_S),
                                facts(Integer.MAX_VALUE, Integer.MAX_VALUE, QUARTER_HOUR)))
                .singleElement()
                .asString()
                .endsWith(
                        "which leaves no room for the headers of a dead letter: lower it to"
                                + " 2147471359");
    }

    @Test
    void aResultMustFit() {
        KafkaFacts facts =
                new KafkaFacts(
                        Map.of(
                                "image-events",
                                MIB,
                                "labeled-results",
                                MIB,
                                "image-events.dlq",
                                2 * MIB),
                        Set.of(),
                        QUARTER_HOUR);
        assertThat(errors(checks(EVERY_10_S, "--labels.top-k=10000"), facts))
                .singleElement()
                .asString()
                .isEqualTo(
                        "output.topic 'labeled-results' takes records of 1048576 bytes"
                                + " (max.message.bytes), and a result of labels.top-k = 10000 may"
                                + " have 4506624: raise the first or lower the second");
        assertThat(errors(checks(EVERY_10_S, "--detection.max-boxes=10000"), facts))
                .singleElement()
                .asString()
                .contains("a result of detection.max-boxes = 10000 may have 5626624");
    }

    @Test
    void whereKafkaIsNotAskedTheTopicsTakeWhatTheOptionSays() {
        assertThat(checks(EVERY_10_S, "--kafka-checks.enabled=false").run())
                .isEqualTo(RecordLimits.DEFAULT);
        assertThat(
                        checks(
                                        EVERY_10_S,
                                        "--kafka-checks.enabled=false",
                                        "--kafka-checks.max-message-bytes=8 mb")
                                .run())
                .isEqualTo(RecordLimits.ofAll(8 * MIB));
    }

    @Test
    void whereKafkaIsNotAskedAResultMustFitAllTheSame() {
        PreflightChecks checks =
                checks(
                        EVERY_10_S,
                        "--kafka-checks.enabled=false",
                        "--kafka-checks.max-message-bytes=64 kb",
                        "--labels.top-k=1000");
        assertThatThrownBy(checks::run).hasMessageContaining("labels.top-k = 1000");
    }

    @Test
    void aTransactionMustOutliveCheckpointsAndTheLongestOutage() {
        CheckpointTimes slow = times(Duration.ofMinutes(5), 0);
        assertThat(errors(checks(slow), facts(MIB, 2 * MIB, QUARTER_HOUR)))
                .singleElement()
                .asString()
                .startsWith(
                        "delivery.transaction-timeout is 15 min and must be at least 17 min: up to"
                                + " 7 min");
    }

    @Test
    void nothingIsCommittedWithoutCheckpoints() {
        CheckpointTimes none = times(Duration.ZERO, 0);
        assertThat(errors(checks(none), facts(MIB, 2 * MIB, QUARTER_HOUR)))
                .singleElement()
                .asString()
                .contains("execution.checkpointing.interval is 0 s, which takes no checkpoints");
        assertThat(
                        checks(none, "--delivery.guarantee=at-least-once")
                                .run(facts(MIB, 2 * MIB, QUARTER_HOUR))
                                .result())
                .isEqualTo(MIB);
    }

    @Test
    void toleratedFailuresMakeTransactionsLonger() {
        CheckpointTimes tolerant = times(Duration.ofSeconds(10), 2);
        assertThat(errors(checks(tolerant), facts(MIB, 2 * MIB, QUARTER_HOUR)))
                .singleElement()
                .asString()
                .contains("must be at least 18 min")
                .contains("2 tolerated failures");
    }

    @Test
    void theBrokersMustAllowTheTransactionTimeout() {
        assertThat(errors(checks(EVERY_10_S), facts(MIB, 2 * MIB, 60_000)))
                .singleElement()
                .asString()
                .contains("the brokers allow 1 min (transaction.max.timeout.ms)");
    }

    @Test
    void atLeastOnceHasNoTransactions() {
        PreflightChecks checks =
                checks(times(Duration.ofHours(5), 0), "--delivery.guarantee=at-least-once");
        assertThat(checks.run(facts(MIB, 2 * MIB, 1)).deadLetter()).isEqualTo(2 * MIB);
    }

    @Test
    void everyDirectoryOfReferencesNeedsAFileSystem() {
        PreflightChecks checks =
                checks(
                        EVERY_10_S,
                        "--references.allowed=gopher://old/hole,file:///none,hdfs://node/frames");
        assertThat(errors(checks, facts(MIB, MIB, QUARTER_HOUR)))
                .hasSize(3)
                .anyMatch(
                        m ->
                                m.startsWith(
                                        "references.allowed: gopher://old/hole has a scheme that"
                                                + " Flink has no file system for"))
                .anyMatch(m -> m.startsWith("references.allowed: hdfs://node/frames has"))
                .anyMatch(m -> m.startsWith("dead-letter.topic"));
    }

    @Test
    void allMistakesAreReportedAtOnce() {
        CheckpointTimes slow = times(Duration.ofMinutes(5), 0);
        KafkaFacts facts =
                new KafkaFacts(
                        Map.of("image-events", MIB, "image-events.dlq", MIB),
                        Set.of("labeled-results"),
                        60_000);
        assertThat(errors(checks(slow), facts))
                .hasSize(4)
                .anyMatch(
                        mistake ->
                                mistake.startsWith(
                                        "output.topic 'labeled-results' does not exist at"
                                                + " broker:9092"));
    }

    private static CheckpointTimes times(Duration interval, int tolerableFailures) {
        return new CheckpointTimes(
                interval,
                Duration.ZERO,
                Duration.ofMinutes(2),
                tolerableFailures,
                Duration.ofMinutes(1));
    }

    private static List<String> errors(PreflightChecks checks, KafkaFacts facts) {
        return catchThrowableOfType(ConfigException.class, () -> checks.run(facts)).errors();
    }

    private static KafkaFacts facts(int input, int deadLetters, long maxTimeoutMillis) {
        return new KafkaFacts(
                Map.of(
                        "image-events",
                        input,
                        "labeled-results",
                        MIB,
                        "image-events.dlq",
                        deadLetters),
                Set.of(),
                maxTimeoutMillis);
    }

    private static PreflightChecks checks(CheckpointTimes times, String... more) {
        List<String> arguments =
                Stream.concat(
                                Stream.of(
                                        "--kafka.bootstrap.servers=broker:9092",
                                        "--input.topics=image-events",
                                        "--output.topic=labeled-results",
                                        "--model.path=/models/demo"),
                                Stream.of(more))
                        .toList();
        return new PreflightChecks(JobConfig.read(arguments, Map.of()), times);
    }
}
