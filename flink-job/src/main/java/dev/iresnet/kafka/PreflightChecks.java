package dev.iresnet.kafka;

import dev.iresnet.config.DeliveryConfig;
import dev.iresnet.config.Durations;
import dev.iresnet.config.JobConfig;
import dev.iresnet.config.ValidationErrors;
import dev.iresnet.decoding.DecodingSpeed;
import dev.iresnet.event.ImageUri;
import dev.iresnet.image.DecodeLimits;
import dev.iresnet.operator.FileSystemStore;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds, before a job is submitted, what would fail at its first checkpoint or its first bad
 * record, or would lose results without an error.
 */
public final class PreflightChecks {
    private static final Logger LOG = LoggerFactory.getLogger(PreflightChecks.class);

    private final JobConfig config;
    private final CheckpointTimes checkpoints;

    public PreflightChecks(JobConfig config, CheckpointTimes checkpoints) {
        this.config = config;
        this.checkpoints = checkpoints;
    }

    /**
     * Checks everything.
     *
     * @return the largest records that the topics take
     * @throws dev.iresnet.config.ConfigException that lists all errors, or says that Kafka did not
     *     answer
     */
    public RecordLimits run() {
        warnOfLongWaits();
        if (config.kafkaChecks().enabled()) {
            return run(
                    KafkaFacts.ask(
                            config.kafka(),
                            config.input().topics(),
                            List.of(config.output().topic(), config.deadLetter().topic())));
        }
        RecordLimits limits = RecordLimits.ofAll(config.kafkaChecks().maxMessageBytes());
        ValidationErrors errors = withoutKafka();
        checkResultsFit(limits.result(), errors);
        errors.throwIfAny();
        return limits;
    }

    RecordLimits run(KafkaFacts facts) {
        ValidationErrors errors = withoutKafka();
        checkBrokersTransactionTimeout(facts, errors);
        checkTopicsExist(facts, errors);
        checkDeadLettersFit(facts, errors);
        checkResultsFit(limit(config.output().topic(), facts), errors);
        errors.throwIfAny();
        return new RecordLimits(
                config.input().topics().stream()
                        .mapToInt(topic -> limit(topic, facts))
                        .max()
                        .orElseThrow(),
                limit(config.output().topic(), facts),
                limit(config.deadLetter().topic(), facts));
    }

    private ValidationErrors withoutKafka() {
        ValidationErrors errors = new ValidationErrors();
        checkCheckpoints(errors);
        checkTransactionTimeout(errors);
        checkDecodingTime(errors);
        checkFileSystems(errors);
        return errors;
    }

    /** No error: a job all of whose cameras need the registry may prefer to wait. */
    private void warnOfLongWaits() {
        Duration giveUpAfter = config.registry().giveUpAfter();
        if (config.registry().isThere()
                && (giveUpAfter.isZero() || giveUpAfter.compareTo(checkpoints.timeout()) >= 0)) {
            LOG.warn(
                    "schema-registry.patience is {} and the checkpoint timeout {}: if the registry"
                            + " does not answer while frames wait for it, checkpoints fail",
                    text(giveUpAfter),
                    text(checkpoints.timeout()));
        }
    }

    /** Flink's configuration can switch off what ours would have switched on. */
    private void checkCheckpoints(ValidationErrors errors) {
        if (exactlyOnce() && !checkpoints.taken()) {
            errors.add(
                    "delivery.guarantee is exactly-once and Flink's execution.checkpointing.interval is %s, which takes no checkpoints, so no result would ever be committed: remove it, and checkpoint.interval is used"
                            .formatted(text(checkpoints.interval())));
        }
    }

    /**
     * Flink's committer only counts an expired transaction: its results are lost without an error.
     */
    private void checkTransactionTimeout(ValidationErrors errors) {
        DeliveryConfig delivery = config.delivery();
        Duration uncommitted = checkpoints.longestUncommitted();
        Duration outage = checkpoints.longestOutage(delivery.longestOutage());
        Duration needed = uncommitted.plus(outage);
        if (exactlyOnce() && delivery.transactionTimeout().compareTo(needed) < 0) {
            errors.add(
                    "delivery.transaction-timeout is %s and must be at least %s: up to %s until a commit (checkpoint interval %s, timeout %s, execution.checkpointing.min-pause %s, %d tolerated failures) + %s of outage (delivery.longest-outage %s, longest delay of the restart strategy %s); the results of an expired transaction are lost"
                            .formatted(
                                    text(delivery.transactionTimeout()),
                                    text(needed),
                                    text(uncommitted),
                                    text(checkpoints.interval()),
                                    text(checkpoints.timeout()),
                                    text(checkpoints.minPause()),
                                    checkpoints.tolerableFailures(),
                                    text(outage),
                                    text(delivery.longestOutage()),
                                    text(checkpoints.restartDelay())));
        }
    }

    /** A barrier waits for the picture that is being decoded, however slow the machine is. */
    private void checkDecodingTime(ValidationErrors errors) {
        DecodeLimits limits = config.engine().decoding().limits();
        long work = limits.maxWork();
        Duration longest = DecodingSpeed.atMost(work);
        if (checkpoints.taken() && longest.compareTo(checkpoints.timeout()) > 0) {
            errors.add(
                    "image.max-work is %d%s, which takes a slow core %s, and the checkpoint timeout is %s: a single picture could fail each checkpoint; lower image.max-work, or raise checkpoint.timeout (or Flink's execution.checkpointing.timeout)"
                            .formatted(
                                    work,
                                    work == DecodeLimits.WORK_PER_PIXEL * limits.maxPixels()
                                            ? " (48 x image.max-pixels)"
                                            : "",
                                    text(longest),
                                    text(checkpoints.timeout())));
        }
    }

    private void checkFileSystems(ValidationErrors errors) {
        for (ImageUri directory : config.engine().references().directories()) {
            String missing = FileSystemStore.missing(directory);
            if (!missing.isEmpty()) {
                errors.add("references.allowed: %s %s".formatted(directory, missing));
            }
        }
    }

    private void checkBrokersTransactionTimeout(KafkaFacts facts, ValidationErrors errors) {
        Duration wanted = config.delivery().transactionTimeout();
        if (exactlyOnce() && wanted.toMillis() > facts.transactionMaxTimeoutMillis()) {
            errors.add(
                    "delivery.transaction-timeout is %s, and the brokers allow %s (transaction.max.timeout.ms); lower the first or raise the second"
                            .formatted(
                                    text(wanted),
                                    text(Duration.ofMillis(facts.transactionMaxTimeoutMillis()))));
        }
    }

    private void checkTopicsExist(KafkaFacts facts, ValidationErrors errors) {
        for (String topic : facts.missing()) {
            errors.add(
                    "%s '%s' does not exist at %s; create it with as many partitions as you want"
                            .formatted(key(topic), topic, config.kafka().bootstrapServers()));
        }
    }

    /** A dead letter that does not fit would fail the job, again after each restart. */
    private void checkDeadLettersFit(KafkaFacts facts, ValidationErrors errors) {
        Integer room = facts.maxMessageBytes().get(config.deadLetter().topic());
        if (room == null) {
            return;
        }
        for (String topic : config.input().topics()) {
            Integer largest = facts.maxMessageBytes().get(topic);
            long needed = largest == null ? 0 : (long) largest + DeadLetterEncoder.MOST_ADDED;
            if (needed > Integer.MAX_VALUE) {
                errors.add(
                        "input topic '%s' takes records of %d bytes (max.message.bytes), which leaves no room for the headers of a dead letter: lower it to %d"
                                .formatted(
                                        topic,
                                        largest,
                                        Integer.MAX_VALUE - DeadLetterEncoder.MOST_ADDED));
            } else if (room < needed) {
                errors.add(
                        "dead-letter.topic '%s' takes records of %d bytes (max.message.bytes), and those of input topic '%s' may have %d and get %d of headers: raise it with kafka-configs --alter --topic %s --add-config max.message.bytes=%d"
                                .formatted(
                                        config.deadLetter().topic(),
                                        room,
                                        topic,
                                        largest,
                                        DeadLetterEncoder.MOST_ADDED,
                                        config.deadLetter().topic(),
                                        needed));
            }
        }
    }

    /** A result that does not fit would fail the job, again after each restart. */
    private void checkResultsFit(int room, ValidationErrors errors) {
        int labels = config.engine().labeling().topK();
        checkResultFits(room, "labels.top-k", labels, ResultEncoder.largest(labels), errors);
        Integer boxes = config.engine().detection().maxBoxes();
        if (boxes != null) {
            checkResultFits(
                    room,
                    "detection.max-boxes",
                    boxes,
                    ResultEncoder.largestOfDetector(boxes),
                    errors);
        }
    }

    private void checkResultFits(
            int room, String key, int value, long needed, ValidationErrors errors) {
        if (room < needed) {
            errors.add(
                    "output.topic '%s' takes records of %d bytes (max.message.bytes), and a result of %s = %d may have %d: raise the first or lower the second"
                            .formatted(config.output().topic(), room, key, value, needed));
        }
    }

    private String key(String topic) {
        if (topic.equals(config.output().topic())) {
            return "output.topic";
        }
        return topic.equals(config.deadLetter().topic()) ? "dead-letter.topic" : "input.topics:";
    }

    private boolean exactlyOnce() {
        return config.delivery().guarantee() == DeliveryConfig.Guarantee.EXACTLY_ONCE;
    }

    private int limit(String topic, KafkaFacts facts) {
        return facts.maxMessageBytes().getOrDefault(topic, RecordLimits.DEFAULT.result());
    }

    private static String text(Duration duration) {
        return Durations.text(duration);
    }
}
