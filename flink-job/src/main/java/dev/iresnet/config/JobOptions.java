package dev.iresnet.config;

import java.util.List;
import java.util.stream.Stream;

/**
 * Every option of the job, in the order of the documentation, which is made from this table. Each
 * group is declared beside the record that is read from it.
 */
final class JobOptions {
    static final List<Option<?>> ALL =
            Stream.of(
                            KafkaConfig.OPTIONS,
                            InputConfig.OPTIONS,
                            OutputConfig.OPTIONS,
                            OutputConfig.DeadLetters.OPTIONS,
                            RegistryConfig.OPTIONS,
                            EngineConfig.MODEL,
                            EngineConfig.BATCH,
                            DecodingConfig.OPTIONS,
                            ReferencesConfig.OPTIONS,
                            DeviceConfig.OPTIONS,
                            EngineConfig.RESULTS,
                            ClipConfig.OPTIONS,
                            DeliveryConfig.OPTIONS,
                            DeliveryConfig.Checkpoints.OPTIONS,
                            KafkaConfig.Checks.OPTIONS)
                    .<Option<?>>flatMap(group -> group.options().stream())
                    .toList();

    private JobOptions() {}
}
