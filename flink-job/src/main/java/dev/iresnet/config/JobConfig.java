package dev.iresnet.config;

import java.util.List;
import java.util.Map;

/** The job's configuration, read once and checked. */
public record JobConfig(
        InputConfig input,
        OutputConfig output,
        OutputConfig.DeadLetters deadLetter,
        EngineConfig engine,
        ClipConfig clips,
        DeliveryConfig delivery,
        DeliveryConfig.Checkpoints checkpoints,
        KafkaConfig kafka,
        RegistryConfig registry,
        KafkaConfig.Checks kafkaChecks) {

    /**
     * Reads arguments, environment and the file that {@code --config} names, in this order of
     * precedence.
     *
     * @throws ConfigException if anything is wrong; it lists all errors
     */
    public static JobConfig read(List<String> arguments, Map<String, String> environment) {
        Settings settings = Settings.read(arguments, environment);
        RegistryConfig registry = RegistryConfig.from(settings);
        JobConfig config =
                new JobConfig(
                        InputConfig.from(settings),
                        OutputConfig.from(settings, registry),
                        OutputConfig.DeadLetters.from(settings),
                        EngineConfig.from(settings),
                        ClipConfig.from(settings),
                        DeliveryConfig.from(settings),
                        DeliveryConfig.Checkpoints.from(settings),
                        KafkaConfig.from(settings),
                        registry,
                        KafkaConfig.Checks.from(settings));
        if (settings.find(InputConfig.TOPICS).isPresent()) {
            config.checkTopics(settings.errors());
        }
        settings.errors().throwIfAny();
        return config;
    }

    private void checkTopics(ValidationErrors errors) {
        List<String> topics = input.topics();
        String results = output.topic();
        String deadLetters = deadLetter.topic();
        if (topics.isEmpty()) {
            errors.add("input.topics names no topic");
        }
        if (topics.contains(results)) {
            errors.add("output.topic '" + results + "' is also an input topic: it would loop");
        }
        if (topics.contains(deadLetters)) {
            errors.add(
                    "dead-letter.topic '"
                            + deadLetters
                            + "' is also an input topic: it would loop");
        }
        if (results.equals(deadLetters) && !results.isEmpty()) {
            errors.add(
                    "output.topic and dead-letter.topic are both '"
                            + results
                            + "': consumers could not tell results from dead letters");
        }
    }
}
