package dev.iresnet.local.options;

import dev.iresnet.config.DeliveryConfig;
import dev.iresnet.config.InputConfig;
import dev.iresnet.config.OutputConfig;
import dev.iresnet.local.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the job is to run.
 *
 * @param model a model directory, {@code <name>/<version>} or {@code <name>}
 * @param guarantee of the results
 * @param checkpointInterval which is what exactly-once costs in visible latency
 * @param settings options of the job by their own keys; they win
 */
public record JobChoices(
        Path model,
        DeliveryConfig.Guarantee guarantee,
        InputConfig.Format inputFormat,
        OutputConfig.Format outputFormat,
        Duration checkpointInterval,
        Map<String, String> settings) {

    public JobChoices {
        settings = Map.copyOf(settings);
    }

    /** What the job's own main would be given to do the same. */
    public List<String> arguments(String bootstrapServers, Topics topics) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("kafka.bootstrap.servers", bootstrapServers);
        values.put("input.topics", topics.input());
        values.put("input.format", inputFormat.toString());
        values.put("output.topic", topics.output());
        values.put("output.format", outputFormat.toString());
        // Any client reads it: Python's needs another package for lz4.
        values.put("output.compression", "none");
        values.put("dead-letter.topic", topics.deadLetter());
        values.put("model.path", model.toAbsolutePath().toString());
        values.put("delivery.guarantee", guarantee.toString());
        values.put("checkpoint.interval", checkpointInterval.toMillis() + " ms");
        values.putAll(settings);
        List<String> arguments = new ArrayList<>();
        values.forEach((key, value) -> arguments.add("--" + key + "=" + value));
        return arguments;
    }
}
