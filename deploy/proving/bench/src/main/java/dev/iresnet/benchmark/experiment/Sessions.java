package dev.iresnet.benchmark.experiment;

import dev.iresnet.benchmark.baseline.SessionLoop;
import dev.iresnet.benchmark.piece.ModelMaker;
import dev.iresnet.benchmark.piece.Span;
import dev.iresnet.benchmark.worker.WorkerProcess;
import dev.iresnet.model.Precision;

import java.io.IOException;
import java.util.List;

/** Session loops over one model, each in a process of its own: a process has one thread pool. */
record Sessions(Bench bench, ModelMaker.Made model, Precision precision) {

    /** Tries each setting for a while. */
    SessionLoop.Threads best(List<SessionLoop.Threads> candidates) throws IOException {
        SessionLoop.Threads best = candidates.get(0);
        double fastest = 0;
        for (SessionLoop.Threads threads : candidates) {
            try (WorkerProcess loop = start(threads)) {
                double rate = loop.rate(new Span(bench.conditions().seconds()));
                bench.say("session loop with %s: %.1f images/s", threads, rate);
                if (rate > fastest) {
                    best = threads;
                    fastest = rate;
                }
            }
        }
        return best;
    }

    WorkerProcess start(SessionLoop.Threads threads) throws IOException {
        return bench.workers()
                .start(
                        "session-loop",
                        SessionLoop.class,
                        "1g",
                        new SessionLoop.Task(model.path(), precision, Bench.BATCH, threads));
    }
}
