package dev.iresnet.benchmark.piece;

import dev.iresnet.bench.PeakMeter;
import dev.iresnet.benchmark.worker.Worker;
import dev.iresnet.model.Precision;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TNumber;

/** The machine's arithmetic: the best matrix product of oneDNN, by all cores. */
public final class PeakWorker implements Worker<Span> {
    private final Task task;

    /** What it computes in. */
    public record Task(Precision precision) {}

    PeakWorker(Task task) {
        this.task = task;
    }

    /** Operations a second, two for a multiply-accumulate. */
    @Override
    public Object answer(Span span) {
        return new PeakMeter(span.seconds()).sustainedGflops(type()) * 1e9;
    }

    private Class<? extends TNumber> type() {
        return switch (task.precision()) {
            case FLOAT32 -> TFloat32.class;
            case BFLOAT16 -> TBfloat16.class;
            case FLOAT16 -> TFloat16.class;
        };
    }
}
