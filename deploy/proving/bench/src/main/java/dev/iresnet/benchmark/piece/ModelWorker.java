package dev.iresnet.benchmark.piece;

import dev.iresnet.benchmark.worker.Worker;
import dev.iresnet.model.LoadOptions;
import dev.iresnet.model.Model;
import dev.iresnet.model.Precision;
import dev.iresnet.model.Sample;
import dev.iresnet.model.loading.ModelLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** The loaded model alone: batches of crops in, scores out, several at once. */
public final class ModelWorker implements Worker<Span> {
    private final int atOnce;
    private final Model model;
    private final List<Sample> samples;

    /**
     * What it is.
     *
     * @param model directory of a version
     * @param atOnce batches under way
     */
    public record Task(String model, Precision precision, int batch, int atOnce) {}

    ModelWorker(Task task) {
        this.atOnce = task.atOnce();
        this.model =
                ModelLoader.load(
                        Path.of(task.model()), new LoadOptions(task.batch(), task.precision()));
        this.samples = Sample.noise(model.description(), 1).limit(task.batch()).toList();
    }

    /** Pictures a second. */
    @Override
    public Object answer(Span span) throws InterruptedException, ExecutionException {
        return Steps.rate(span, atOnce, samples.size(), () -> model.predict(samples));
    }

    @Override
    public void close() {
        model.close();
    }
}
