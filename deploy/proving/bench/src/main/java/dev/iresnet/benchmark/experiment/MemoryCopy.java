package dev.iresnet.benchmark.experiment;

import dev.iresnet.benchmark.piece.CopyWorker;
import dev.iresnet.benchmark.piece.Span;
import dev.iresnet.benchmark.stat.Figure;
import dev.iresnet.benchmark.stat.Sample;
import dev.iresnet.benchmark.worker.WorkerProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** How fast memory is copied. */
public final class MemoryCopy implements Experiment {
    static final String LIMIT = "memoryCopy";

    @Override
    public List<Figure> figures() {
        return List.of();
    }

    @Override
    public void run(Bench bench, Findings findings) throws IOException {
        Span span = new Span(bench.seconds() / 2);
        List<Double> rates = new ArrayList<>();
        try (WorkerProcess copier = bench.start("copier", CopyWorker.class, "1g", span)) {
            for (int round = 0; round < bench.rounds(); round++) {
                rates.add(copier.rate(span));
            }
        }
        Sample sample = new Sample(rates);
        bench.say("%.2f GB/s", sample.median() / 1e9);
        findings.limit(LIMIT, sample, "bytes/s");
    }
}
