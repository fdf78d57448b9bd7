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
     * Reads it as the job reads its own, from the same arguments, environment and file. Options
     * that only the job needs may be there or not.
     *
     * @throws ConfigException if anything is wrong; it lists all errors
     */
    public static ReplayConfig read(List<String> arguments, Map<String, String> environment) {
        Settings settings = Settings.read(arguments, environment);
        ReplayConfig config =
                new ReplayConfig(
                        KafkaConfig.from(settings),
                        settings.list(InputConfig.TOPICS),
                        OutputConfig.DeadLetters.topic(settings),
                        settings.get(InputConfig.GROUP));
        if (config.inputTopics().isEmpty()) {
            settings.errors()
                    .add(
                            "input.topics is required, as the job has it: dead letters are sent"
                                    + " back to these topics and to no others");
        }
        settings.errors().throwIfAny();
        config.kafka().checkReferences(settings.errors());
        settings.errors().throwIfAny();
        return config;
    }
}
