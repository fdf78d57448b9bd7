package dev.iresnet.config;

import java.util.List;
import java.util.Map;

/**
 * The part of a job's configuration that says where its dead letters are.
 *
 * @param inputTopics of the job: nothing is sent to any other
 * @param groupId of the job, which consumer groups and transactions of the replay are named after
 */
public record ReplayConfig(
        KafkaConfig kafka, List<String> inputTopics, String deadLetterTopic, String groupId) {
    public ReplayConfig {
        inputTopics = List.copyOf(inputTopics);
    }

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
        List<String> inputTopics =
                settings.has(JobOptions.INPUT_TOPICS) ? JobConfig.topics(settings) : List.of();
        if (inputTopics.isEmpty()) {
            mistakes.add(
                    "input.topics is required, as the job has it: dead letters are sent back to"
                            + " these topics and to no others");
        } else if (inputTopics.size() > 1 && !settings.has(JobOptions.DEAD_LETTER_TOPIC)) {
            mistakes.add("dead-letter.topic is required where there are several input.topics");
        }
        mistakes.throwIfAny();
        ReplayConfig config =
                new ReplayConfig(
                        new KafkaConfig(
                                settings.startingWith(KafkaPrefix.COMMON),
                                settings.startingWith(KafkaPrefix.SOURCE),
                                settings.startingWith(KafkaPrefix.SINK)),
                        inputTopics,
                        JobConfig.deadLetterTopic(settings),
                        settings.get(JobOptions.INPUT_GROUP));
        config.kafka().checkReferences(mistakes);
        mistakes.throwIfAny();
        return config;
    }
}
