package dev.iresnet.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A run of the command in a process of its own, which tells at its end how much memory it had at
 * most.
 *
 * @param seconds from start to end
 * @param peakBytes {@code VmHWM}, the largest resident set
 * @param out what it printed
 */
record MeasuredRun(double seconds, long peakBytes, List<String> out) {
    private static final String PEAK = "VmHWM:";

    /** Fails if it takes longer, or does not end well. */
    static MeasuredRun of(int mostSeconds, Path log, String... arguments)
            throws IOException, InterruptedException {
        List<String> command =
                Stream.concat(
                                Stream.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        MeasuredRun.class.getName()),
                                Stream.of(arguments))
                        .toList();
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command).redirectOutput(log.toFile()).start();
        boolean ended = process.waitFor(mostSeconds, TimeUnit.SECONDS);
        process.destroyForcibly();
        List<String> lines = Files.readAllLines(log);
        if (!ended || process.waitFor() != 0) {
            throw new IllegalStateException(
                    "%s did not end well within %d s: %s"
                            .formatted(String.join(" ", arguments), mostSeconds, lines));
        }
        String peak = lines.get(lines.size() - 1);
        return new MeasuredRun(
                (System.nanoTime() - start) / 1e9,
                1024 * Long.parseLong(peak.replaceAll("\\D", "")),
                lines.subList(0, lines.size() - 1));
    }

    public static void main(String[] arguments) throws IOException {
        int exitCode = Iresnet.commandLine().execute(arguments);
        try (Stream<String> status = Files.lines(Path.of("/proc/self/status"))) {
            status.filter(line -> line.startsWith(PEAK)).forEach(System.out::println);
        }
        System.exit(exitCode);
    }
}
