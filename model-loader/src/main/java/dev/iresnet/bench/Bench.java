package dev.iresnet.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.iresnet.bench.Measurement.Timing;
import dev.iresnet.model.ModelException;
import dev.iresnet.model.Precision;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Measures a model, in a process that ends when this returns. */
public final class Bench {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final double macs;
    private final Runnable measured;

    /**
     * For one model.
     *
     * @param macs multiply-accumulates an image, or NaN if they are not known
     * @param measured is called after each measurement
     */
    public Bench(double macs, Runnable measured) {
        this.macs = macs;
        this.measured = measured;
    }

    /**
     * Runs a plan.
     *
     * @throws BenchException if the process failed, or what it measured cannot be
     * @throws ModelException if the model cannot be run in a precision
     */
    public List<Measurement> run(BenchPlan plan) throws IOException {
        Process process =
                new ProcessBuilder(command(plan))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            process.getOutputStream().close();
            return read(lines, plan);
        } finally {
            process.destroyForcibly();
        }
    }

    private static List<String> command(BenchPlan plan) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx" + Runtime.getRuntime().maxMemory(),
                "-Dorg.bytedeco.javacpp.maxBytes=0",
                "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                "-cp",
                System.getProperty("java.class.path"),
                BenchProcess.class.getName(),
                plan.toJson());
    }

    List<Measurement> read(BufferedReader lines, BenchPlan plan) throws IOException {
        List<Timing> timings = new ArrayList<>();
        Map<Precision, Double> peaks = new EnumMap<>(Precision.class);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            // libraries may print, too
            JsonNode node = line.startsWith("{") ? MAPPER.readTree(line) : MAPPER.nullNode();
            if (node.has("error")) {
                throw new ModelException(node.path("error").asText());
            }
            if (node.has("timing")) {
                timings.add(MAPPER.treeToValue(node.path("timing"), Timing.class));
                measured.run();
            }
            if (node.has("peakGflops")) {
                peaks.put(
                        Precision.valueOf(node.path("precision").asText()),
                        node.path("peakGflops").asDouble());
            }
        }
        if (peaks.size() < plan.precisions().size()) {
            throw new BenchException(
                    "The process that measured with %d threads ended early; the reason is above"
                            .formatted(plan.threads()));
        }
        List<Measurement> measurements = new ArrayList<>();
        for (Timing timing : timings) {
            double peak = Objects.requireNonNull(peaks.get(timing.precision()));
            measurements.add(Measurement.of(timing, plan.threads(), macs, peak).checked());
        }
        return measurements;
    }

    /** A measurement that failed or is impossible. */
    public static final class BenchException extends IOException {
        private static final long serialVersionUID = 1L;

        BenchException(String message) {
            super(message);
        }
    }
}
