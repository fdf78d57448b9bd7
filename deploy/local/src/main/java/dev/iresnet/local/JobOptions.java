package dev.iresnet.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * How the job is to run.
 *
 * @param model a model directory, {@code <name>/<version>} or {@code <name>}
 * @param guarantee of the results
 * @param inputFormat the job's {@code input.format}
 * @param outputFormat the job's {@code output.format}
 * @param checkpointInterval which is what exactly-once costs in visible latency
 * @param settings any other option of the job, by its own key; wins over the above
 */
record JobOptions(
        Path model,
        Guarantee guarantee,
        InputFormat inputFormat,
        OutputFormat outputFormat,
        Duration checkpointInterval,
        Map<String, String> settings) {

    /** The job's {@code input.format}. */
    enum InputFormat {
        IMAGE_EVENT("image-event"),
        IMAGE("image");

        private final String text;

        InputFormat(String text) {
            this.text = text;
        }

        /** As options spell it. */
        @Override
        public String toString() {
            return text;
        }
    }

    /** The job's {@code output.format}. */
    enum OutputFormat {
        AVRO("avro"),
        JSON("json");

        private final String text;

        OutputFormat(String text) {
            this.text = text;
        }

        /** As options spell it. */
        @Override
        public String toString() {
            return text;
        }
    }

    JobOptions {
        if (checkpointInterval.toMillis() < 10) {
            throw new LocalException(
                    "--checkpoint-interval must be at least 10 ms, got %d ms"
                            .formatted(checkpointInterval.toMillis()));
        }
        settings = Map.copyOf(settings);
    }
}
