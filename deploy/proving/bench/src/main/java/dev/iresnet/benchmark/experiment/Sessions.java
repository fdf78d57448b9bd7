package dev.iresnet.benchmark.experiment;

import dev.iresnet.benchmark.baseline.SessionLoop;
import dev.iresnet.benchmark.piece.EngineWorker;
import dev.iresnet.benchmark.piece.ModelMaker;
import dev.iresnet.benchmark.piece.Span;
import dev.iresnet.benchmark.stat.Interleaved;
import dev.iresnet.benchmark.worker.WorkerProcess;
import dev.iresnet.model.Precision;
import java.io.IOException;
import java.util.List;

/**
 * The engine beside session loops over one model, each in a process of its own: a process has one
 * thread pool.
 */
record Sessions(Bench bench, ModelMaker.Made model, Precision precision, int batch) {

    /** Tries each setting for a while. */
    private SessionLoop.Threads best(List<SessionLoop.Threads> candidates) throws IOException {
        SessionLoop.Threads best = candidates.get(0);
        double fastest = 0;
        for (SessionLoop.Threads threads : candidates) {
            try (WorkerProcess loop = start(threads)) {
                double rate = loop.rate(new Span(bench.seconds()));
                bench.say("session loop with %s: %.1f images/s", threads, rate);
                if (rate > fastest) {
                    best = threads;
                    fastest = rate;
                }
            }
        }
        return best;
    }

    private WorkerProcess start(SessionLoop.Threads threads) throws IOException {
        return bench.start(
                "session-loop",
                SessionLoop.class,
                "1g",
                new SessionLoop.Task(model.path(), precision, batch, threads));
    }

    /** Takes what was compared, while the engine still stands ready. */
    @FunctionalInterface
    interface Use {
        void take(Interleaved sides, SessionLoop.Threads best, WorkerProcess engine)
                throws IOException;
    }

    /** The engine against the best of some session loops, on the same frozen graph. */
    void compare(String what, List<SessionLoop.Threads> candidates, String heap, Span span, Use use)
            throws IOException {
        SessionLoop.Threads best = best(candidates);
        EngineWorker.Task task =
                new EngineWorker.Task(model.path(), precision, batch, 0, Bench.AT_ONCE);
        try (WorkerProcess engine = bench.start("engine", EngineWorker.class, heap, task);
                WorkerProcess session = start(best)) {
            use.take(
                    bench.compare(what, () -> engine.rate(span), () -> session.rate(span)),
                    best,
                    engine);
        }
    }
}
