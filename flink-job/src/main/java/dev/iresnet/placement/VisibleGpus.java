package dev.iresnet.placement;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;

/** How many of this machine's GPUs this process can see. */
public final class VisibleGpus {

    /** Where the kernel module, which containers see too, has a directory for each. */
    private static final Path FOLDER = Path.of("/proc/driver/nvidia/gpus");

    private static final String MASK = "CUDA_VISIBLE_DEVICES";

    private VisibleGpus() {}

    public static int count() {
        return count(FOLDER, System.getenv());
    }

    /** CUDA takes the names in {@code CUDA_VISIBLE_DEVICES} up to the first that is none. */
    static int count(Path folder, Map<String, String> environment) {
        int there = entries(folder);
        String mask = environment.get(MASK);
        if (mask == null) {
            return there;
        }
        long named =
                Arrays.stream(mask.split(","))
                        .map(String::strip)
                        .takeWhile(name -> !name.isEmpty() && !name.startsWith("-"))
                        .count();
        return (int) Math.min(there, named);
    }

    private static int entries(Path folder) {
        try (Stream<Path> gpus = Files.list(folder)) {
            return (int) gpus.count();
        } catch (IOException e) {
            return 0;
        }
    }
}
