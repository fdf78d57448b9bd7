package dev.iresnet.benchmark.experiment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.benchmark.baseline.SessionLoop;
import dev.iresnet.benchmark.piece.GpuMeter;
import dev.iresnet.benchmark.piece.Span;
import dev.iresnet.benchmark.stat.Figure;
import dev.iresnet.benchmark.stat.Target;
import dev.iresnet.benchmark.worker.WorkerProcess;
import dev.iresnet.model.Precision;
import dev.iresnet.placement.NvidiaDriver;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The engine with two device threads, so that one batch is copied while another is computed,
 * against the best of some session loops, and how busy the GPU is meanwhile.
 *
 * @param precision float16; another one to try this where there is no GPU
 */
public record OnGpu(Precision precision) implements Experiment {
    private static final String NAME = "engineVsSessionOnGpu";
    private static final Target TARGET = Target.atLeast(0.95);
    private static final List<SessionLoop.Threads> CANDIDATES =
            List.of(
                    new SessionLoop.Threads(0, 0, 1),
                    new SessionLoop.Threads(0, 0, 2),
                    new SessionLoop.Threads(0, 0, 3));

    @Override
    public List<Figure> figures() {
        return List.of();
    }

    @Override
    public String name() {
        return NAME;
    }

    /** Without a driver TensorFlow computes on the CPU, which is how this is tried there. */
    @Override
    public Optional<Precision> onCpu() {
        return NvidiaDriver.installed().version().isEmpty()
                ? Optional.of(precision)
                : Optional.empty();
    }

    @Override
    public void run(Bench bench, Findings findings) throws IOException {
        Span span = new Span(bench.seconds());
        new Sessions(bench, bench.model(), precision, Bench.BATCH)
                .compare(
                        "engine against session loop in " + precision,
                        CANDIDATES,
                        "2g",
                        span,
                        (sides, best, engine) -> {
                            ObjectNode node = Findings.toJson(sides.ratio());
                            node.put("verdict", TARGET.judge(sides.ratio()).name());
                            node.put("atLeast", TARGET.bound());
                            node.set("engineImagesPerSecond", Findings.toJson(sides.first()));
                            node.set("sessionImagesPerSecond", Findings.toJson(sides.second()));
                            node.set("sessionThreads", Findings.toJson(best));
                            node.put("utilisation", utilisation(engine, span));
                            findings.also(NAME, node);
                        });
    }

    /** With the engine at work; in words where it cannot be had. */
    private static String utilisation(WorkerProcess engine, Span span) throws IOException {
        try (GpuMeter meter = GpuMeter.start()) {
            engine.ask(span);
            return String.format(Locale.ROOT, "%.0f%%", meter.end().orElse(Double.NaN));
        } catch (IOException e) {
            return "not measured: " + e.getMessage();
        }
    }
}
