package dev.iresnet.config;

import dev.iresnet.event.KeyFormat;
import dev.iresnet.schemas.SchemaFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.flink.configuration.MemorySize;

/**
 * Where frames come from.
 *
 * @param topics one or more
 * @param keyFormat of keys that name the camera, which those of {@link Format#IMAGE} do
 * @param writerSchemas of events, as JSON, besides those that the job knows
 * @param groupId consumer group, and name of this job on the Kafka cluster
 * @param inFlight what a slot may have in flight
 */
public record InputConfig(
        List<String> topics,
        Format format,
        KeyFormat keyFormat,
        List<String> writerSchemas,
        String groupId,
        StartingOffsets startingOffsets,
        InFlight inFlight) {
    static final OptionGroup OPTIONS = new OptionGroup();

    static final Option<String> TOPICS =
            OPTIONS.text(
                    "input.topics", "", "Required. The topics of frames, separated by commas.");

    private static final Option<Format> FORMAT =
            OPTIONS.choice(
                    "input.format",
                    Format.class,
                    "image-event",
                    """
                    `image-event`: the value is an ImageEvent in Avro. `image`: the value is a JPEG
                    or PNG, the key is the camera's name, and the record's timestamp is the time of
                    capture.
                    """);

    private static final Option<KeyFormat> KEY_FORMAT =
            OPTIONS.choice(
                    "input.key-format",
                    KeyFormat.class,
                    "text",
                    """
                    Only with `input.format: image`: how the key names the camera, as Kafka's
                    serializers write it. `text`: UTF-8. `int`, `long`: 4 and 8 bytes. `uuid`: 16
                    bytes or text. `bytes`: anything else; the camera's name is the key in hex.
                    """);

    private static final Option<String> SCHEMAS =
            OPTIONS.text(
                    "input.schemas-path",
                    "",
                    """
                    An `.avsc` file, or a directory of them, on the machine that submits the job:
                    the writer schemas of producers that are newer than the job.
                    """);

    static final Option<String> GROUP =
            OPTIONS.text(
                    "input.group-id",
                    "flink-iresnet",
                    """
                    Consumer group. The job's transactions are named after it, too: give each job on
                    a Kafka cluster a group of its own, and do not change it.
                    """);

    private static final Option<StartingOffsets> OFFSETS =
            OPTIONS.choice(
                    "input.starting-offsets",
                    StartingOffsets.class,
                    "committed",
                    """
                    Where a job without a checkpoint begins to read. `committed`: at the group's
                    committed offsets, or at the earliest record where it has none.
                    """);

    private static final Option<Integer> IN_FLIGHT =
            OPTIONS.integer(
                    "input.max-in-flight",
                    "1..65536",
                    "128",
                    """
                    Frames that a slot may have in flight, which bounds how long a checkpoint waits
                    for them. A slot takes fewer if decoding them would take more than half of the
                    checkpoint timeout. Twice `batch.max-size` keeps the device busy.
                    """);

    private static final Option<MemorySize> IN_FLIGHT_BYTES =
            OPTIONS.size(
                    "input.max-in-flight-bytes",
                    "1 mb..512 gb",
                    "64 mb",
                    """
                    Bytes of the records that a slot may have in flight, which bounds memory. A
                    larger record goes alone. The number of slots times this value, and the largest
                    record that the input topics take, must fit 0.75 of the task manager's heap.
                    With clips, a record counts with its crop, and a slot may have as many bytes of
                    clips besides.
                    """);

    /** What a record of the input topics is. */
    public enum Format {
        /** An {@code ImageEvent} in Avro. */
        IMAGE_EVENT,
        /** A JPEG or PNG; the key is the camera, the timestamp the time of capture. */
        IMAGE;

        @Override
        public String toString() {
            return Option.spelling(this);
        }
    }

    /** Where a job that has no checkpoint begins to read. */
    public enum StartingOffsets {
        /** At the consumer group's offsets; at the earliest record where it has none. */
        COMMITTED,
        EARLIEST,
        LATEST;

        @Override
        public String toString() {
            return Option.spelling(this);
        }
    }

    /** See {@code input.max-in-flight} and {@code input.max-in-flight-bytes}. */
    public record InFlight(int frames, long bytes) {}

    public InputConfig {
        topics = List.copyOf(topics);
        writerSchemas = List.copyOf(writerSchemas);
    }

    static InputConfig from(Settings settings) {
        settings.required(TOPICS);
        return new InputConfig(
                settings.list(TOPICS),
                settings.get(FORMAT),
                settings.get(KEY_FORMAT),
                writerSchemas(settings),
                settings.get(GROUP),
                settings.get(OFFSETS),
                new InFlight(settings.get(IN_FLIGHT), settings.get(IN_FLIGHT_BYTES).getBytes()));
    }

    /** Read here, so that task managers need not have the files. */
    private static List<String> writerSchemas(Settings settings) {
        if (settings.find(SCHEMAS).isEmpty()) {
            return List.of();
        }
        try {
            return SchemaFiles.read(Path.of(settings.get(SCHEMAS))).stream()
                    .map(Schema::toString)
                    .toList();
        } catch (IOException e) {
            settings.errors().add("input.schemas-path: " + e.getMessage());
            return List.of();
        }
    }
}
