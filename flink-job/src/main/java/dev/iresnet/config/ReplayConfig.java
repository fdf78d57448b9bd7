package dev.iresnet.config;

import java.util.List;
import java.util.Map;

/**
 * The part of a job's configuration that says where its dead letters are.
 *
 * @param groupId of the job, which consumer groups and transactions of the replay are named after
 */
public record ReplayConfig(KafkaConfig kafka, String deadLetterTopic, String groupId) {

    /**
     * Reads it as the job reads its own, from the same arguments, environment and file. What only
     * the job needs may be there or not.
     *
     * @throws ConfigException if anything is wrong; it lists all mistakes
     */
    public static ReplayConfig read(List<String> arguments, Map<String, String> environment) {
        Mistakes mistakes = new Mistakes();
        Settings settings = Settings.read(arguments, environment, mistakes);
        settings.check(mistakes);
        KafkaRules.check(settings, mistakes);
        if (!settings.has(JobOptions.BOOTSTRAP_SERVERS)) {
            mistakes.add("kafka.bootstrap.servers is required");
        }
        if (!settings.has(JobOptions.DEAD_LETTER_TOPIC)
                && (!settings.has(JobOptions.INPUT_TOPICS)
                        || JobConfig.topics(settings).size() != 1)) {
            mistakes.add(
                    "dead-letter.topic is required, or input.topics with one topic, as the job has it");
        }
        mistakes.throwIfAny();
        ReplayConfig config =
                new ReplayConfig(
                        new KafkaConfig(
                                settings.startingWith(KafkaPrefix.COMMON),
                                settings.startingWith(KafkaPrefix.SOURCE),
                                settings.startingWith(KafkaPrefix.SINK)),
                        JobConfig.deadLetterTopic(settings),
                        settings.get(JobOptions.INPUT_GROUP));
        config.kafka().checkReferences(mistakes);
        mistakes.throwIfAny();
        return config;
    }
}
