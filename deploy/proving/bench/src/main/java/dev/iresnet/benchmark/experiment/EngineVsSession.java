package dev.iresnet.benchmark.experiment;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.iresnet.benchmark.baseline.SessionLoop;
import dev.iresnet.benchmark.piece.EngineWorker;
import dev.iresnet.benchmark.piece.ModelMaker;
import dev.iresnet.benchmark.piece.Span;
import dev.iresnet.benchmark.stat.Figure;
import dev.iresnet.benchmark.stat.Interleaved;
import dev.iresnet.benchmark.worker.WorkerProcess;
import dev.iresnet.model.Precision;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The engine against the bare runtime, on the same frozen graph. */
public record EngineVsSession(Figure figure, Precision precision) implements Experiment {

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
        ModelMaker.Made model = bench.model();
        Sessions sessions = new Sessions(bench, model, precision);
        SessionLoop.Threads best = sessions.best(SessionLoop.Threads.candidates(Bench.cores()));
        Span span = new Span(2 * bench.conditions().seconds());
        try (WorkerProcess engine =
                        bench.workers()
                                .start(
                                        "engine",
                                        EngineWorker.class,
                                        "1g",
                                        new EngineWorker.Task(
                                                model.path(),
                                                precision,
                                                Bench.BATCH,
                                                0,
                                                Bench.AT_ONCE));
                WorkerProcess session = sessions.start(best)) {
            Interleaved sides =
                    bench.compare(
                            figure.title(), () -> engine.rate(span), () -> session.rate(span));
            ObjectNode details = Findings.details();
            details.put("network", Bench.NETWORK).put("batch", Bench.BATCH);
            details.set("engineImagesPerSecond", Findings.toJson(sides.first()));
            details.set("sessionImagesPerSecond", Findings.toJson(sides.second()));
            details.set("sessionThreads", Findings.toJson(best));
            findings.measured(figure, sides.ratio(), details);
        }
    }
}
