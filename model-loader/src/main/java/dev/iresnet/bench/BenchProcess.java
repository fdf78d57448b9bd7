package dev.iresnet.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.bench.Measurement.Timing;
import dev.iresnet.model.LoadOptions;
import dev.iresnet.model.Model;
import dev.iresnet.model.ModelException;
import dev.iresnet.model.Precision;
import dev.iresnet.model.Sample;
import dev.iresnet.model.loading.ModelLoader;
import dev.iresnet.tensorflow.Gpus;
import dev.iresnet.tensorflow.SessionOptions;
import dev.iresnet.tensorflow.TensorFlowProcess;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TNumber;

/**
 * The process that measures. Takes a {@link BenchPlan} as its argument and prints JSON objects a
 * line: {@code {"timing": …}}, {@code {"precision": …, "peakGflops": …}}, or {@code {"error": …}}
 * as its last.
 */
final class BenchProcess {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int WARM_UP_CALLS = 2;

    private final BenchPlan plan;
    private final PrintStream out;
    private final Stopwatch stopwatch = new Stopwatch(System::nanoTime);

    private BenchProcess(BenchPlan plan, PrintStream out) {
        this.plan = plan;
        this.out = out;
    }

    public static void main(String[] arguments) throws IOException {
        BenchPlan plan = BenchPlan.fromJson(arguments[0]);
        // one operation after the other, so that no more than these threads ever compute
        TensorFlowProcess.settle(new SessionOptions(plan.threads(), 1, Gpus.ALL));
        BenchProcess process = new BenchProcess(plan, System.out);
        try {
            for (Precision precision : plan.precisions()) {
                process.measure(precision);
            }
        } catch (ModelException e) {
            process.print(MAPPER.createObjectNode().put("error", e.getMessage()));
        }
    }

    /**
     * The peak is taken before and after each batch size, because a machine's clock may change and
     * others may be at work on it.
     */
    private void measure(Precision precision) throws IOException {
        PeakMeter meter = new PeakMeter(stopwatch, Math.max(1, plan.seconds()));
        int largest = plan.batches().stream().mapToInt(Integer::intValue).max().orElseThrow();
        LoadOptions options = new LoadOptions(largest, precision);
        // loading comes first, because it refuses precisions that this machine cannot do
        try (Model model = ModelLoader.load(Path.of(plan.model()), options)) {
            double peak = meter.gflops(type(precision));
            for (int batch : plan.batches()) {
                ObjectNode line = MAPPER.createObjectNode();
                print(line.set("timing", MAPPER.valueToTree(time(model, precision, batch))));
                peak = Math.max(peak, meter.gflops(type(precision)));
            }
            print(
                    MAPPER.createObjectNode()
                            .put("precision", precision.name())
                            .put("peakGflops", peak));
        }
    }

    private Timing time(Model model, Precision precision, int batch) {
        List<Sample> samples = Sample.noise(model.description(), 1).limit(batch).toList();
        for (int i = 0; i < WARM_UP_CALLS; i++) {
            model.predict(samples);
        }
        long[] nanos = stopwatch.time(() -> model.predict(samples), plan.seconds());
        double total = 0;
        for (long call : nanos) {
            total += call;
        }
        return new Timing(
                precision,
                batch,
                batch * nanos.length / (total / 1e9),
                Stopwatch.percentile(nanos, 0.5) / 1e6,
                Stopwatch.percentile(nanos, 0.95) / 1e6);
    }

    private static Class<? extends TNumber> type(Precision precision) {
        return switch (precision) {
            case FLOAT32 -> TFloat32.class;
            case BFLOAT16 -> TBfloat16.class;
            case FLOAT16 -> TFloat16.class;
        };
    }

    private void print(Object node) throws IOException {
        out.println(MAPPER.writeValueAsString(node));
        out.flush();
    }
}
