package dev.iresnet.benchmark.experiment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.benchmark.piece.ModelMaker;
import dev.iresnet.benchmark.piece.PeakWorker;
import dev.iresnet.benchmark.piece.Span;
import dev.iresnet.benchmark.stat.Figure;
import dev.iresnet.benchmark.stat.Interleaved;
import dev.iresnet.benchmark.stat.Sample;
import dev.iresnet.benchmark.worker.WorkerProcess;
import dev.iresnet.model.Precision;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The model's arithmetic against the best that the machine can do. */
public record ModelShareOfPeak(Figure figure, Precision precision) implements Experiment {
    private static final String UNIT = "operations/s";

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
        ModelMaker.Made made = bench.model();
        Span span = new Span(bench.seconds());
        try (WorkerProcess model = bench.startModel(made, precision);
                WorkerProcess peak =
                        bench.start(
                                "peak", PeakWorker.class, "256m", new PeakWorker.Task(precision))) {
            Interleaved sides =
                    bench.compare(
                            figure.title(),
                            () -> 2 * made.macs() * model.rate(span),
                            () -> peak.rate(span));
            Sample images = sides.first().times(1 / (2 * made.macs()));
            String limit = "arithmeticPeak" + figure.title().replace("modelShareOfPeak", "");
            findings.limit(limit, sides.second(), UNIT);
            sides.first()
                    .rounds()
                    .forEach(rate -> findings.reached(limit, "the model in " + precision, rate));
            ObjectNode details = Findings.details();
            details.put("network", Bench.NETWORK).put("batch", Bench.BATCH);
            details.set("imagesPerSecond", Findings.toJson(images));
            details.set("peakOperationsPerSecond", Findings.toJson(sides.second()));
            findings.measured(figure, sides.ratio(), details);
        }
    }
}
