package dev.iresnet.local;

import dev.iresnet.config.Guarantee;
import dev.iresnet.config.InputFormat;
import dev.iresnet.config.OutputFormat;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How the job is to run.
 *
 * @param model a model directory, {@code <name>/<version>} or {@code <name>}
 * @param guarantee of the results
 * @param checkpointInterval which is what exactly-once costs in visible latency
 * @param settings any other option of the job, by its own key
 */
record JobChoices(
        Path model,
        Guarantee guarantee,
        InputFormat inputFormat,
        OutputFormat outputFormat,
        Duration checkpointInterval,
        Map<String, String> settings) {

    JobChoices {
        settings = Map.copyOf(settings);
    }

    /** What the job's own main would be given to do the same. */
    List<String> arguments(String bootstrapServers, Topics topics) {
        List<String> arguments = new ArrayList<>();
        add(arguments, "kafka.bootstrap.servers", bootstrapServers);
        add(arguments, "input.topics", topics.input());
        add(arguments, "input.format", inputFormat.toString());
        add(arguments, "output.topic", topics.output());
        add(arguments, "output.format", outputFormat.toString());
        add(arguments, "dead-letter.topic", topics.deadLetter());
        add(arguments, "model.path", model.toAbsolutePath().toString());
        add(arguments, "delivery.guarantee", guarantee.toString());
        add(arguments, "checkpoint.interval", checkpointInterval.toMillis() + " ms");
        settings.forEach((key, value) -> add(arguments, key, value));
        return arguments;
    }

    private static void add(List<String> arguments, String key, String value) {
        arguments.add("--" + key + "=" + value);
    }
}
