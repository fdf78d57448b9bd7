package dev.iresnet.kafka;

import dev.iresnet.config.DeliveryConfig;
import dev.iresnet.config.Durations;
import dev.iresnet.config.Guarantee;
import dev.iresnet.config.JobConfig;
import dev.iresnet.config.Mistakes;
import dev.iresnet.decoding.DecodingSpeed;
import dev.iresnet.event.ImageUri;
import dev.iresnet.image.DecodeLimits;
import dev.iresnet.operator.FileSystemStore;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;

/**
 * Finds, before a job is submitted, what would otherwise fail at its first checkpoint or its first
 * bad record, or lose results in silence.
 */
public final class StartChecks {
    private static final Logger LOG = LoggerFactory.getLogger(StartChecks.class);

    private final JobConfig config;
    private final CheckpointTimes checkpoints;

    public StartChecks(JobConfig config, CheckpointTimes checkpoints) {
        this.config = config;
        this.checkpoints = checkpoints;
    }

    /**
     * Checks everything.
     *
     * @return what the topics take
     * @throws dev.iresnet.config.ConfigException listing all mistakes; or that Kafka did not answer
     */
    public RecordLimits run() {
        checkRegistryPatience();
        if (!config.kafkaChecks().enabled()) {
            return unasked(RecordLimits.ofAll(config.kafkaChecks().maxMessageBytes()));
        }
        return run(
                new KafkaSurvey(config.kafka())
                        .of(
                                config.input().topics(),
                                List.of(config.output().topic(), config.deadLetter().topic())));
    }

    private RecordLimits unasked(RecordLimits limits) {
        Mistakes mistakes = new Mistakes();
        checkCheckpoints(mistakes);
        checkTransactionTimeout(mistakes);
        checkDecodingTime(mistakes);
        checkFileSystems(mistakes);
        checkResultsFit(limits.result(), mistakes);
        mistakes.throwIfAny();
        return limits;
    }

    RecordLimits run(KafkaFacts facts) {
        Mistakes mistakes = new Mistakes();
        checkCheckpoints(mistakes);
        checkTransactionTimeout(mistakes);
        checkDecodingTime(mistakes);
        checkFileSystems(mistakes);
        checkBrokersTransactionTimeout(facts, mistakes);
        checkTopicsExist(facts, mistakes);
        checkDeadLettersFit(facts, mistakes);
        checkResultsFit(limit(config.output().topic(), facts), mistakes);
        mistakes.throwIfAny();
        return new RecordLimits(
                config.input().topics().stream()
                        .mapToInt(topic -> limit(topic, facts))
                        .max()
                        .orElseThrow(),
                limit(config.output().topic(), facts),
                limit(config.deadLetter().topic(), facts));
    }

    /** No mistake: a job whose cameras all need the registry may rather wait than go on. */
    private void checkRegistryPatience() {
        Duration patience = config.registry().patience();
        if (config.registry().isThere()
                && (patience.isZero() || patience.compareTo(checkpoints.timeout()) >= 0)) {
            LOG.warn(
                    "schema-registry.patience is {} and the checkpoint time-out {}: a registry that"
                            + " is away while frames wait for it makes checkpoints fail",
                    text(patience),
                    text(checkpoints.timeout()));
        }
    }

    /** Flink's configuration can switch off what ours would have switched on. */
    private void checkCheckpoints(Mistakes mistakes) {
        if (exactlyOnce() && !checkpoints.taken()) {
            mistakes.add(
                    "delivery.guarantee is exactly-once and Flink's execution.checkpointing.interval is %s, which takes no checkpoints, so no result would ever be committed: remove it, and checkpoint.interval counts"
                            .formatted(text(checkpoints.interval())));
        }
    }

    /** An expired transaction is counted by Flink's committer and then forgotten: silent loss. */
    private void checkTransactionTimeout(Mistakes mistakes) {
        DeliveryConfig delivery = config.delivery();
        Duration uncommitted = checkpoints.longestUncommitted();
        Duration outage = checkpoints.longestOutage(delivery.longestOutage());
        Duration needed = uncommitted.plus(outage);
        if (exactlyOnce() && delivery.transactionTimeout().compareTo(needed) < 0) {
            mistakes.add(
                    "delivery.transaction-timeout is %s and must be at least %s: up to %s until a commit (checkpoint interval %s, timeout %s, execution.checkpointing.min-pause %s, %d tolerated failures) + %s of outage (delivery.longest-outage %s, longest delay of the restart strategy %s); what is in an expired transaction is lost"
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
    private void checkDecodingTime(Mistakes mistakes) {
        long work = config.engine().decoding().maxWork();
        Duration longest = DecodingSpeed.atMost(work);
        if (checkpoints.taken() && longest.compareTo(checkpoints.timeout()) > 0) {
            mistakes.add(
                    "image.max-work is %d%s, which takes a slow core %s, and the checkpoint timeout is %s: a single picture could fail each checkpoint; lower image.max-work, or raise checkpoint.timeout (or Flink's execution.checkpointing.timeout)"
                            .formatted(
                                    work,
                                    work
                                                    == DecodeLimits.WORK_PER_PIXEL
                                                            * config.engine().decoding().maxPixels()
                                            ? " (48 x image.max-pixels)"
                                            : "",
                                    text(longest),
                                    text(checkpoints.timeout())));
        }
    }

    private void checkFileSystems(Mistakes mistakes) {
        for (ImageUri directory : config.engine().references().directories()) {
            String missing = FileSystemStore.missing(directory);
            if (!missing.isEmpty()) {
                mistakes.add("references.allowed: %s %s".formatted(directory, missing));
            }
        }
    }

    private void checkBrokersTransactionTimeout(KafkaFacts facts, Mistakes mistakes) {
        Duration wanted = config.delivery().transactionTimeout();
        if (exactlyOnce() && wanted.toMillis() > facts.transactionMaxTimeoutMillis()) {
            mistakes.add(
                    "delivery.transaction-timeout is %s, and the brokers allow %s (transaction.max.timeout.ms); lower the one or raise the other"
                            .formatted(
                                    text(wanted),
                                    text(Duration.ofMillis(facts.transactionMaxTimeoutMillis()))));
        }
    }

    private void checkTopicsExist(KafkaFacts facts, Mistakes mistakes) {
        for (String topic : facts.missing()) {
            mistakes.add(
                    "%s '%s' does not exist at %s; create it with as many partitions as you want"
                            .formatted(key(topic), topic, config.kafka().bootstrapServers()));
        }
    }

    /** A dead letter that does not fit would fail the job, again after each restart. */
    private void checkDeadLettersFit(KafkaFacts facts, Mistakes mistakes) {
        Integer room = facts.maxMessageBytes().get(config.deadLetter().topic());
        if (room == null) {
            return;
        }
        for (String topic : config.input().topics()) {
            Integer largest = facts.maxMessageBytes().get(topic);
            long needed = largest == null ? 0 : (long) largest + DeadLetterEncoder.MOST_ADDED;
            if (needed > Integer.MAX_VALUE) {
                mistakes.add(
                        "input topic '%s' takes records of %d bytes (max.message.bytes), to which no dead letter can add its headers: lower it to %d"
                                .formatted(
                                        topic,
                                        largest,
                                        Integer.MAX_VALUE - DeadLetterEncoder.MOST_ADDED));
            } else if (room < needed) {
                mistakes.add(
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
    private void checkResultsFit(int room, Mistakes mistakes) {
        int labels = config.engine().labels().topK();
        long needed = ResultEncoder.largest(labels);
        if (room < needed) {
            mistakes.add(
                    "output.topic '%s' takes records of %d bytes (max.message.bytes), and a result of labels.top-k = %d may have %d: lower the one or raise the other"
                            .formatted(config.output().topic(), room, labels, needed));
        }
    }

    private String key(String topic) {
        if (topic.equals(config.output().topic())) {
            return "output.topic";
        }
        return topic.equals(config.deadLetter().topic()) ? "dead-letter.topic" : "input.topics:";
    }

    private boolean exactlyOnce() {
        return config.delivery().guarantee() == Guarantee.EXACTLY_ONCE;
    }

    private int limit(String topic, KafkaFacts facts) {
        return facts.maxMessageBytes().getOrDefault(topic, RecordLimits.DEFAULT.result());
    }

    private static String text(Duration duration) {
        return Durations.text(duration);
    }
}
