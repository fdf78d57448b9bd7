package dev.iresnet.benchmark.baseline;

import dev.iresnet.benchmark.piece.Span;
import dev.iresnet.benchmark.piece.Steps;
import dev.iresnet.benchmark.worker.Worker;
import dev.iresnet.image.Preprocessing;
import dev.iresnet.model.Precision;
import dev.iresnet.model.card.ModelDirectory;
import dev.iresnet.model.loading.ModelLoader;
import dev.iresnet.model.loading.ModelLoader.ServingGraph;
import dev.iresnet.tensorflow.Gpus;
import dev.iresnet.tensorflow.SessionOptions;
import dev.iresnet.tensorflow.TensorFlowProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TUint8;

/**
 * The bare runtime: {@code session.run} over and over, on the same frozen graph that the product
 * runs, always with the same tensor, whose answers are not read. Nothing that serves pictures can
 * be faster with these threads.
 */
public final class SessionLoop implements Worker<Span> {
    private final Task task;
    private final ServingGraph serving;
    private final Graph graph = new Graph();
    private final Session session;
    private final Tensor batch;

    /**
     * How it runs.
     *
     * @param model directory of a version
     * @param threads that compute
     */
    public record Task(String model, Precision precision, int batch, Threads threads) {}

    /**
     * Threads of a session.
     *
     * @param intraOp that compute one operation together, 0 for one a core
     * @param interOp that run operations side by side, 0 for one a core
     * @param callers that call the session at the same time
     */
    public record Threads(int intraOp, int interOp, int callers) {

        /** What is tried, for the best of them to be the baseline. */
        public static List<Threads> candidates(int cores) {
            return List.of(
                    new Threads(cores, 1, 1),
                    new Threads(cores, cores, 1),
                    new Threads(cores, cores, 2),
                    new Threads(1, 1, cores));
        }
    }

    SessionLoop(Task task) {
        this.task = task;
        TensorFlowProcess.settle(
                new SessionOptions(task.threads().intraOp(), task.threads().interOp(), Gpus.ALL));
        ModelDirectory model = ModelDirectory.open(Path.of(task.model()));
        Preprocessing rule = model.card().preprocessing();
        this.serving = ModelLoader.servingGraph(model, task.precision());
        graph.importGraphDef(serving.graph());
        this.session = new Session(graph, serving.session());
        this.batch =
                Tensor.of(TUint8.class, Shape.of(task.batch(), rule.height(), rule.width(), 3));
        run();
    }

    /** Pictures a second. */
    @Override
    public Object answer(Span span) throws InterruptedException, ExecutionException {
        return Steps.rate(span, task.threads().callers(), task.batch(), this::run);
    }

    private void run() {
        Session.Runner runner = session.runner().feed(serving.input(), batch);
        serving.outputs().forEach(runner::fetch);
        runner.run().close();
    }

    @Override
    public void close() {
        batch.close();
        session.close();
        graph.close();
    }
}
