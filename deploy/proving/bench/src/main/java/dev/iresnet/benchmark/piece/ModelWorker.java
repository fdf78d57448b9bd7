package dev.iresnet.benchmark.piece;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.benchmark.worker.Worker;
import dev.iresnet.benchmark.worker.WorkerLoop;
import dev.iresnet.model.LoadOptions;
import dev.iresnet.model.Model;
import dev.iresnet.model.Precision;
import dev.iresnet.model.Sample;
import dev.iresnet.model.loading.ModelLoader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** The loaded model alone: batches of crops in, scores out, several at once. */
public final class ModelWorker implements Worker {
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

    private ModelWorker(Task task) {
        this.atOnce = task.atOnce();
        this.model =
                ModelLoader.load(
                        Path.of(task.model()), new LoadOptions(task.batch(), task.precision()));
        this.samples =
                Sample.noise(model.description().preprocessing(), 1).limit(task.batch()).toList();
    }

    public static void main(String[] arguments) throws IOException {
        WorkerLoop.serve(arguments, task -> new ModelWorker(WorkerLoop.read(task, Task.class)));
    }

    /** Pictures a second. */
    @Override
    public ObjectNode answer(JsonNode order) throws InterruptedException, ExecutionException {
        Span span = WorkerLoop.read(order, Span.class);
        return WorkerLoop.rate(
                Steps.rate(span, atOnce, samples.size(), () -> model.predict(samples)));
    }

    @Override
    public void close() {
        model.close();
    }
}
