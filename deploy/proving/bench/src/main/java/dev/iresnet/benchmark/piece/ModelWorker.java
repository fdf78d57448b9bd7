package dev.iresnet.benchmark.piece;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.benchmark.worker.Worker;
import dev.iresnet.benchmark.worker.WorkerLoop;
import dev.iresnet.model.LoadOptions;
import dev.iresnet.model.Model;
import dev.iresnet.model.ModelLoader;
import dev.iresnet.model.Precision;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/** The loaded model alone: batches of crops in, scores out. */
public final class ModelWorker implements Worker {
    private final Model model;
    private final List<ByteBuffer> crops;

    /**
     * What it is.
     *
     * @param model directory of a version
     */
    public record Task(String model, Precision precision, int batch) {}

    private ModelWorker(Task task) {
        this.model =
                ModelLoader.load(
                        Path.of(task.model()), new LoadOptions(task.batch(), task.precision()));
        this.crops = Noise.crops(task.batch(), model.description().preprocessing());
    }

    public static void main(String[] arguments) throws IOException {
        WorkerLoop.serve(arguments, task -> new ModelWorker(WorkerLoop.read(task, Task.class)));
    }

    /** Pictures a second. */
    @Override
    public ObjectNode answer(JsonNode order) {
        Span span = WorkerLoop.read(order, Span.class);
        Steps steps = new Steps();
        long start = System.nanoTime();
        do {
            model.classify(crops);
            steps.done(crops.size());
        } while (!span.isOver(start) || steps.count() < 2);
        return WorkerLoop.rate(steps.perSecond(0));
    }

    @Override
    public void close() {
        model.close();
    }
}
