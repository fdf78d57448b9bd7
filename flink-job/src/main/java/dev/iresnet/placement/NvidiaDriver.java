package dev.iresnet.placement;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The driver of this machine's GPUs.
 *
 * @param version such as {@code 550.54.15}; empty if there is none
 */
public record NvidiaDriver(String version) {

    /** Where the kernel module, which containers see too, says what it is. */
    private static final Path FILE = Path.of("/proc/driver/nvidia/version");

    private static final Pattern VERSION =
            Pattern.compile("NVRM version:.*?\\s(\\d+(?:\\.\\d+)+)\\s");

    /** The oldest for CUDA 12; source: NVIDIA, CUDA Compatibility, minor version compatibility. */
    private static final String OLDEST = "525.60.13";

    /** The one that is loaded. */
    public static NvidiaDriver installed() {
        return read(FILE);
    }

    static NvidiaDriver read(Path file) {
        try {
            Matcher version = VERSION.matcher(Files.readString(file));
            return new NvidiaDriver(version.find() ? version.group(1) : "");
        } catch (IOException e) {
            return new NvidiaDriver("");
        }
    }

    /** What can be said of the reason for which TensorFlow takes no GPU; no full stop. */
    public String diagnosis() {
        if (version.isEmpty()) {
            return "this machine, or its container, shows no NVIDIA driver (%s)".formatted(FILE);
        }
        return isOlderThan(OLDEST)
                ? "its NVIDIA driver, %s, is older than %s, which CUDA 12 needs"
                        .formatted(version, OLDEST)
                : "its NVIDIA driver, %s, is new enough for CUDA 12, so what TensorFlow says in the TaskManager's log or .out file is to be read"
                        .formatted(version);
    }

    private boolean isOlderThan(String other) {
        return Arrays.compare(numbers(version), numbers(other)) < 0;
    }

    private static int[] numbers(String version) {
        return Arrays.stream(version.split("\\.")).mapToInt(Integer::parseInt).toArray();
    }
}
