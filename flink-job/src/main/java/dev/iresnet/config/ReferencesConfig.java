package dev.iresnet.config;

import dev.iresnet.decoding.fetch.FetchPolicy;
import dev.iresnet.event.ImageUri;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.MemorySize;

/**
 * See {@code references.*}.
 *
 * @param allowed directories of pictures; empty follows no reference
 * @param policy for fetching them
 */
public record ReferencesConfig(List<String> allowed, FetchPolicy policy) implements Serializable {
    static final OptionGroup OPTIONS = new OptionGroup();

    private static final Option<String> ALLOWED =
            OPTIONS.text(
                    "references.allowed",
                    "empty, or directories such as s3://bucket/path",
                    any -> true,
                    "",
                    """
                    Directories whose pictures events may refer to, and all directories below them:
                    `scheme://authority/path`, separated by commas, such as `s3://frames/gate` or
                    `file:///mnt/frames`. Flink must have a file system for each scheme. Empty:
                    events must have their pictures in them.
                    """);

    private static final Option<Integer> CONCURRENCY =
            OPTIONS.integer(
                    "references.concurrency",
                    "1..1024",
                    "16",
                    """
                    Referenced pictures that a task manager reads at the same time. Each read has a
                    thread. Up to as many threads more can be blocked by reads that hang.
                    """);

    private static final Option<MemorySize> MAX_MEMORY =
            OPTIONS.size(
                    "references.max-memory",
                    "1 byte..1 tb",
                    "64 mb",
                    """
                    Heap of a task manager for referenced pictures that are being read or wait for a
                    decoder, by the sizes that their events say. At least `image.max-bytes`.
                    """);

    private static final Option<Duration> TIMEOUT =
            OPTIONS.duration(
                    "references.timeout",
                    "100 ms..1 h",
                    "30 s",
                    """
                    A read that takes longer is abandoned, and the picture is read again on another
                    thread.
                    """);

    private static final Option<Duration> MAX_PAUSE =
            OPTIONS.duration(
                    "references.max-pause",
                    "100 ms..1 h",
                    "10 s",
                    """
                    Longest pause before a store that has failed is asked again. Pauses begin at 100
                    ms and double.
                    """);

    private static final Option<Duration> GIVE_UP_AFTER =
            OPTIONS.duration(
                    "references.patience",
                    "0 s..30 d",
                    "0 s",
                    """
                    How long a frame waits for a store that is down before it becomes a dead letter
                    of code IMAGE_UNREACHABLE. 0 never gives up: frames stay, and the input waits
                    behind them.
                    """);

    public ReferencesConfig {
        allowed = List.copyOf(allowed);
    }

    static ReferencesConfig from(Settings settings) {
        List<String> allowed = settings.list(ALLOWED);
        long memory = settings.get(MAX_MEMORY).getBytes();
        for (String directory : allowed) {
            try {
                ImageUri.ofDirectory(directory);
            } catch (IllegalArgumentException e) {
                settings.errors()
                        .add(
                                "references.allowed: '%s' %s"
                                        .formatted(
                                                directory.replaceFirst("//[^/]*@", "//…@"),
                                                e.getMessage()));
            }
        }
        long picture = settings.get(DecodingConfig.MAX_BYTES).getBytes();
        if (!allowed.isEmpty() && memory < picture && !settings.isWrong(MAX_MEMORY)) {
            settings.errors()
                    .add(
                            "references.max-memory is %d bytes and must be at least image.max-bytes, %d"
                                    .formatted(memory, picture));
        }
        return new ReferencesConfig(
                allowed,
                new FetchPolicy(
                        settings.get(CONCURRENCY),
                        memory,
                        settings.get(TIMEOUT),
                        settings.get(MAX_PAUSE),
                        settings.get(GIVE_UP_AFTER)));
    }

    /** Bytes of heap that pictures may take. */
    public long heap() {
        return allowed.isEmpty() ? 0 : policy.memory();
    }

    /** The directories, read. */
    public List<ImageUri> directories() {
        return allowed.stream().map(ImageUri::ofDirectory).toList();
    }
}
