package dev.iresnet.local.options;

import dev.iresnet.config.DeliveryConfig;
import dev.iresnet.config.InputConfig;
import dev.iresnet.config.OutputConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.util.TimeUtils;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** The options of the job. Picocli fills the fields. */
final class JobArguments {
    @Option(
            names = "--model",
            paramLabel = "DIR",
            description = "Model directory. Default: the demo's, see --demo.")
    private @Nullable Path model;

    @Option(
            names = "--guarantee",
            paramLabel = "GUARANTEE",
            defaultValue = "exactly-once",
            description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private DeliveryConfig.Guarantee guarantee = DeliveryConfig.Guarantee.EXACTLY_ONCE;

    @Option(
            names = "--checkpoint-interval",
            paramLabel = "DURATION",
            defaultValue = "1s",
            converter = DurationConverter.class,
            description =
                    "How often results become visible to read-committed readers. Default:"
                            + " ${DEFAULT-VALUE}.")
    private Duration checkpointInterval = Duration.ofSeconds(1);

    @Option(
            names = "--input-format",
            paramLabel = "FORMAT",
            defaultValue = "image-event",
            description =
                    "${COMPLETION-CANDIDATES}: Avro events, or the picture itself with the camera"
                            + " as key. Default: ${DEFAULT-VALUE}.")
    private InputConfig.Format inputFormat = InputConfig.Format.IMAGE_EVENT;

    @Option(
            names = "--output-format",
            paramLabel = "FORMAT",
            defaultValue = "avro",
            description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private OutputConfig.Format outputFormat = OutputConfig.Format.AVRO;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Any option of the job, such as batch.max-size=32. May be repeated.")
    private Map<String, String> settings = new LinkedHashMap<>();

    /** The values; where the user gave none, those of the demo. */
    JobChoices options(Demo demo, Demo.Bundle bundle) {
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.putIfAbsent("batch.max-size", Integer.toString(demo.maxBatch));
        if (demo.takesClips()) {
            all.putIfAbsent("clip.enabled", "true");
        }
        return new JobChoices(
                model != null ? model : bundle.model(demo),
                guarantee,
                inputFormat,
                outputFormat,
                checkpointInterval,
                all);
    }

    /** As Flink's own options are written: {@code 500 ms}, {@code 1s}. */
    public static final class DurationConverter implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String value) {
            return TimeUtils.parseDuration(value);
        }
    }
}
