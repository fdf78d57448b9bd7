package dev.iresnet.benchmark.piece;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.bench.PeakMeter;
import dev.iresnet.benchmark.worker.Worker;
import dev.iresnet.benchmark.worker.WorkerLoop;
import dev.iresnet.model.Precision;
import java.io.IOException;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TNumber;

/** The machine's arithmetic: the best matrix product of oneDNN, by all cores. */
public final class PeakWorker implements Worker {
    private final Task task;

    /** What it computes in. */
    public record Task(Precision precision) {}

    private PeakWorker(Task task) {
        this.task = task;
    }

    public static void main(String[] arguments) throws IOException {
        WorkerLoop.serve(arguments, task -> new PeakWorker(WorkerLoop.read(task, Task.class)));
    }

    /** Operations a second, two for a multiply-accumulate. */
    @Override
    public ObjectNode answer(JsonNode order) {
        double seconds = WorkerLoop.read(order, Span.class).seconds();
        return WorkerLoop.rate(new PeakMeter(seconds).sustainedGflops(type()) * 1e9);
    }

    private Class<? extends TNumber> type() {
        return switch (task.precision()) {
            case FLOAT32 -> TFloat32.class;
            case BFLOAT16 -> TBfloat16.class;
            case FLOAT16 -> TFloat16.class;
        };
    }

    @Override
    public void close() {}
}
