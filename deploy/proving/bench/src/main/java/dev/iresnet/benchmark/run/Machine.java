package dev.iresnet.benchmark.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a run was made on.
 *
 * @param processor as Linux names it
 * @param cores that this process may use
 * @param memoryMegabytes of the machine
 * @param java version
 * @param load1Minute processes that waited for a core when the run began, about
 */
record Machine(String processor, int cores, long memoryMegabytes, String java, double load1Minute) {

    static Machine here() {
        return new Machine(
                first(Path.of("/proc/cpuinfo"), "model name"),
                Runtime.getRuntime().availableProcessors(),
                kilobytes(first(Path.of("/proc/meminfo"), "MemTotal")) >> 10,
                Runtime.version().toString(),
                load(Path.of("/proc/loadavg")));
    }

    private static String first(Path file, String key) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(key))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }

    private static long kilobytes(String text) {
        String digits = text.replaceAll("\\D", "");
        return digits.isEmpty() ? 0 : Long.parseLong(digits);
    }

    private static double load(Path file) {
        try {
            return Double.parseDouble(Files.readString(file).split(" ", 2)[0]);
        } catch (IOException | NumberFormatException e) {
            return -1;
        }
    }
}
