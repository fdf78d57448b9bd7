package dev.iresnet.benchmark.piece;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.stream.DoubleStream;

/** How busy the first GPU is, as {@code nvidia-smi} says it a few times a second. */
public final class GpuMeter implements AutoCloseable {
    private static final List<String> COMMAND =
            List.of(
                    "nvidia-smi",
                    "--id=0",
                    "--query-gpu=utilization.gpu",
                    "--format=csv,noheader,nounits",
                    "--loop-ms=200");

    private final Process process;
    private final CompletableFuture<OptionalDouble> mean;

    private GpuMeter(Process process) {
        this.process = process;
        this.mean = CompletableFuture.supplyAsync(this::read);
    }

    /**
     * Begins.
     *
     * @throws IOException if there is no nvidia-smi
     */
    public static GpuMeter start() throws IOException {
        return new GpuMeter(new ProcessBuilder(COMMAND).start());
    }

    /** Ends, and returns the mean in percent; empty if nothing was said. */
    public OptionalDouble end() {
        close();
        return mean.join();
    }

    @Override
    public void close() {
        process.destroy();
    }

    private OptionalDouble read() {
        DoubleStream.Builder percents = DoubleStream.builder();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                parse(line).ifPresent(percents::add);
            }
        } catch (IOException e) {
            // it was ended while it was saying something
        }
        return percents.build().average();
    }

    static OptionalDouble parse(String line) {
        try {
            return OptionalDouble.of(Double.parseDouble(line.strip()));
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }
}
