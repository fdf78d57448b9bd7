package dev.iresnet.benchmark.experiment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.benchmark.baseline.SessionLoop;
import dev.iresnet.benchmark.piece.Span;
import dev.iresnet.benchmark.stat.Figure;
import dev.iresnet.model.Precision;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The engine against the bare runtime, on the same frozen graph.
 *
 * @param figure that it gives
 * @param network as {@code iresnet create} takes it
 * @param batch size on both sides
 */
public record EngineVsSession(Figure figure, String network, int batch, Precision precision)
        implements Experiment {

    /** For the network of most figures. */
    public EngineVsSession(Figure figure, Precision precision) {
        this(figure, Bench.NETWORK, Bench.BATCH, precision);
    }

    @Override
    public List<Figure> figures() {
        return List.of(figure);
    }

    @Override
    public Optional<Precision> onCpu() {
        return Optional.of(precision);
    }

    @Override
    public void run(Bench bench, Findings findings) throws IOException {
        new Sessions(bench, bench.model(network), precision, batch)
                .compare(
                        figure.title(),
                        SessionLoop.Threads.candidates(Bench.cores()),
                        "1g",
                        new Span(2 * bench.seconds()),
                        (sides, best, engine) -> {
                            ObjectNode details = Findings.details();
                            details.put("network", network).put("batch", batch);
                            details.set("engineImagesPerSecond", Findings.toJson(sides.first()));
                            details.set("sessionImagesPerSecond", Findings.toJson(sides.second()));
                            details.set("sessionThreads", Findings.toJson(best));
                            findings.measured(figure, sides.ratio(), details);
                        });
    }
}
