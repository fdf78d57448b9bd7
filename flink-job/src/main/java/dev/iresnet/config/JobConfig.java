package dev.iresnet.config;

import dev.iresnet.image.DecodeLimits;
import dev.iresnet.schemas.SchemaFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/** The job's configuration, read once and checked. */
public record JobConfig(
        InputConfig input,
        OutputConfig output,
        DeadLetterConfig deadLetter,
        EngineConfig engine,
        DeliveryConfig delivery,
        CheckpointPolicy checkpoints,
        KafkaConfig kafka,
        RegistryConfig registry,
        KafkaChecks kafkaChecks) {

    private static final List<Option<String>> REQUIRED =
            List.of(
                    JobOptions.BOOTSTRAP_SERVERS,
                    JobOptions.INPUT_TOPICS,
                    JobOptions.OUTPUT_TOPIC,
                    JobOptions.MODEL_PATH);

    /**
     * Reads arguments, environment and the file that {@code --config} names, in this order of
     * precedence.
     *
     * @throws ConfigException if anything is wrong; it lists all mistakes
     */
    public static JobConfig read(List<String> arguments, Map<String, String> environment) {
        Mistakes mistakes = new Mistakes();
        Settings settings = Settings.read(arguments, environment, mistakes);
        settings.check(mistakes);
        checkTogether(settings, mistakes);
        List<String> writerSchemas = writerSchemas(settings, mistakes);
        mistakes.throwIfAny();
        return of(settings, writerSchemas);
    }

    /** Read here, so that task managers need not have the files. */
    private static List<String> writerSchemas(Settings settings, Mistakes mistakes) {
        if (!settings.has(JobOptions.INPUT_SCHEMAS)) {
            return List.of();
        }
        try {
            return SchemaFiles.read(Path.of(settings.get(JobOptions.INPUT_SCHEMAS))).stream()
                    .map(Schema::toString)
                    .toList();
        } catch (IOException e) {
            mistakes.add("input.schemas-path: " + e.getMessage());
            return List.of();
        }
    }

    private static void checkTogether(Settings settings, Mistakes mistakes) {
        for (Option<String> option : REQUIRED) {
            if (!settings.has(option)) {
                mistakes.add(
                        "%s is required: %s"
                                .formatted(
                                        option.key(),
                                        "set --%s, %s or %s in the --config file"
                                                .formatted(
                                                        option.key(),
                                                        option.environmentName(),
                                                        option.key())));
            }
        }
        KafkaRules.check(settings, mistakes);
        RegistrySettings.check(settings, mistakes);
        if (settings.has(JobOptions.CHECK_TAKEN_BYTES) && settings.get(JobOptions.CHECK_AT_START)) {
            mistakes.add(
                    "kafka-checks.max-message-bytes counts only with kafka-checks.enabled: false;"
                            + " otherwise the topics are asked");
        }
        if (settings.is(JobOptions.DEVICE_KIND, DeviceKind.CPU.toString())
                && settings.has(JobOptions.DEVICE_GPUS)) {
            mistakes.add("device.visible-gpus names a GPU, and device.kind is cpu");
        }
        checkTopics(settings, mistakes);
        PictureReferenceSettings.check(settings, mistakes);
    }

    private static void checkTopics(Settings settings, Mistakes mistakes) {
        if (!settings.has(JobOptions.INPUT_TOPICS)) {
            return;
        }
        List<String> input = topics(settings);
        if (input.isEmpty()) {
            mistakes.add("input.topics names no topic");
        } else if (input.size() > 1 && !settings.has(JobOptions.DEAD_LETTER_TOPIC)) {
            mistakes.add("dead-letter.topic is required where there are several input.topics");
        } else if (settings.has(JobOptions.OUTPUT_TOPIC)) {
            checkDistinct(input, settings, mistakes);
        }
    }

    private static void checkDistinct(List<String> input, Settings settings, Mistakes mistakes) {
        String output = settings.get(JobOptions.OUTPUT_TOPIC);
        String deadLetters = deadLetterTopic(settings);
        if (input.contains(output)) {
            mistakes.add("output.topic '" + output + "' is also an input topic: it would loop");
        }
        if (input.contains(deadLetters)) {
            mistakes.add(
                    "dead-letter.topic '"
                            + deadLetters
                            + "' is also an input topic: it would loop");
        }
        if (output.equals(deadLetters)) {
            mistakes.add(
                    "output.topic and dead-letter.topic are both '"
                            + output
                            + "': consumers could not tell results from dead letters");
        }
    }

    private static JobConfig of(Settings settings, List<String> writerSchemas) {
        return new JobConfig(
                new InputConfig(
                        topics(settings),
                        settings.get(JobOptions.INPUT_FORMAT),
                        settings.get(JobOptions.INPUT_KEY_FORMAT),
                        writerSchemas,
                        settings.get(JobOptions.INPUT_GROUP),
                        settings.get(JobOptions.INPUT_OFFSETS),
                        new InputConfig.InFlight(
                                settings.get(JobOptions.INPUT_IN_FLIGHT),
                                settings.get(JobOptions.INPUT_IN_FLIGHT_BYTES).getBytes())),
                new OutputConfig(
                        settings.get(JobOptions.OUTPUT_TOPIC),
                        settings.get(JobOptions.OUTPUT_FORMAT),
                        RegistrySettings.framing(settings),
                        settings.get(JobOptions.OUTPUT_COMPRESSION)),
                new DeadLetterConfig(
                        deadLetterTopic(settings),
                        settings.get(JobOptions.DEAD_LETTER_COMPRESSION)),
                engine(settings),
                new DeliveryConfig(
                        settings.get(JobOptions.DELIVERY_GUARANTEE),
                        settings.get(JobOptions.DELIVERY_TRANSACTION_TIMEOUT),
                        settings.get(JobOptions.DELIVERY_LONGEST_OUTAGE)),
                new CheckpointPolicy(
                        settings.get(JobOptions.CHECKPOINT_INTERVAL),
                        settings.get(JobOptions.CHECKPOINT_TIMEOUT)),
                new KafkaConfig(
                        settings.startingWith(KafkaPrefix.COMMON),
                        settings.startingWith(KafkaPrefix.SOURCE),
                        settings.startingWith(KafkaPrefix.SINK)),
                RegistrySettings.of(settings),
                new KafkaChecks(
                        settings.get(JobOptions.CHECK_AT_START),
                        Math.toIntExact(settings.get(JobOptions.CHECK_TAKEN_BYTES).getBytes())));
    }

    private static EngineConfig engine(Settings settings) {
        return new EngineConfig(
                new EngineConfig.Models(
                        settings.get(JobOptions.MODEL_PATH),
                        settings.get(JobOptions.MODEL_PRECISION),
                        settings.get(JobOptions.MODEL_WATCH_INTERVAL)),
                new EngineConfig.Batching(
                        settings.get(JobOptions.BATCH_MAX_SIZE),
                        settings.get(JobOptions.BATCH_MAX_DELAY)),
                new EngineConfig.Decoding(
                        settings.has(JobOptions.DECODE_THREADS)
                                ? settings.get(JobOptions.DECODE_THREADS)
                                : 0,
                        Math.toIntExact(settings.get(JobOptions.IMAGE_MAX_BYTES).getBytes()),
                        settings.get(JobOptions.IMAGE_MAX_PIXELS),
                        settings.has(JobOptions.IMAGE_MAX_WORK)
                                ? settings.get(JobOptions.IMAGE_MAX_WORK)
                                : DecodeLimits.WORK_PER_PIXEL
                                        * settings.get(JobOptions.IMAGE_MAX_PIXELS),
                        settings.get(JobOptions.IMAGE_JPEG_DECODING)),
                PictureReferenceSettings.of(settings),
                new EngineConfig.Device(
                        settings.get(JobOptions.DEVICE_THREADS),
                        settings.get(JobOptions.DEVICE_INTRA_OP),
                        settings.get(JobOptions.DEVICE_INTER_OP),
                        new EngineConfig.Gpu(
                                settings.get(JobOptions.DEVICE_KIND),
                                settings.get(JobOptions.DEVICE_GPUS),
                                settings.get(JobOptions.DEVICE_GPU_GROWTH),
                                settings.get(JobOptions.DEVICE_GPU_MEMORY).getBytes()),
                        settings.get(JobOptions.DEVICE_HANG_TIMEOUT)),
                new EngineConfig.Labels(
                        settings.get(JobOptions.LABELS_TOP_K),
                        settings.get(JobOptions.LABELS_MIN_SCORE)),
                new EngineConfig.Freshness(
                        settings.get(JobOptions.FRESHNESS_MAX_AGE),
                        settings.get(JobOptions.FRESHNESS_STALE)));
    }

    static List<String> topics(Settings settings) {
        return Arrays.stream(settings.get(JobOptions.INPUT_TOPICS).split(",", -1))
                .map(String::strip)
                .filter(topic -> !topic.isEmpty())
                .distinct()
                .toList();
    }

    static String deadLetterTopic(Settings settings) {
        return settings.has(JobOptions.DEAD_LETTER_TOPIC)
                ? settings.get(JobOptions.DEAD_LETTER_TOPIC)
                : topics(settings).get(0) + ".dlq";
    }
}
