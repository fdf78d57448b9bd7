package dev.iresnet.benchmark.baseline;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The C library's own benchmark: {@code tjbench} of libjpeg-turbo, as Debian packages it ({@code
 * libjpeg-turbo-progs}). It decodes to RGB with the accurate inverse DCT and smooth chroma, as
 * Pillow does, in one thread; what it needs is allocated beforehand.
 */
public final class Tjbench {
    /** A line of its output. */
    private static final Pattern RATE =
            Pattern.compile("Decompress\\s+--> Frame rate:\\s+([0-9.]+) fps");

    private static final List<String> OPTIONS = List.of("-rgb", "-accuratedct", "-nowrite");
    private static final double WARM_UP_SECONDS = 0.2;

    private final Path program;
    private final List<String> options;

    private Tjbench(Path program, List<String> options) {
        this.program = program;
        this.options = options;
    }

    /** What is on the path; empty if it is not. */
    public static Optional<Tjbench> find(String path) {
        return Stream.of(path.split(":", -1))
                .map(directory -> Path.of(directory, "tjbench"))
                .filter(Files::isExecutable)
                .findFirst()
                .map(program -> new Tjbench(program, OPTIONS));
    }

    /**
     * One whose inverse DCT makes smaller pictures.
     *
     * @param divisor of both sides: 2, 4 or 8
     */
    public Tjbench reducing(int divisor) {
        return new Tjbench(
                program,
                Stream.concat(OPTIONS.stream(), Stream.of("-scale", "1/" + divisor)).toList());
    }

    /** How it is called. */
    public String settings() {
        return program + " FILE " + String.join(" ", options);
    }

    /**
     * Passes over all files a second.
     *
     * @param seconds for all of them together
     * @throws IOException if it cannot be run, or says something else than expected
     */
    public double passesPerSecond(List<Path> files, double seconds) throws IOException {
        double pass = 0;
        for (Path file : files) {
            pass += 1 / framesPerSecond(output(file, seconds / files.size()));
        }
        return 1 / pass;
    }

    private String output(Path file, double seconds) throws IOException {
        Process process =
                new ProcessBuilder(
                                Stream.of(
                                                List.of(program.toString(), file.toString()),
                                                options,
                                                List.of(
                                                        "-benchtime",
                                                        String.format(Locale.ROOT, "%.2f", seconds),
                                                        "-warmup",
                                                        Double.toString(WARM_UP_SECONDS)))
                                        .flatMap(List::stream)
                                        .toList())
                        .redirectErrorStream(true)
                        .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    static double framesPerSecond(String output) throws IOException {
        Matcher matcher = RATE.matcher(output);
        if (!matcher.find()) {
            throw new IOException("tjbench told no frame rate: " + output.strip());
        }
        return Double.parseDouble(matcher.group(1));
    }
}
