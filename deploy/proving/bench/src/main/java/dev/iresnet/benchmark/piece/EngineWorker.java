package dev.iresnet.benchmark.piece;

import dev.iresnet.benchmark.worker.Worker;
import dev.iresnet.engine.EngineOptions;
import dev.iresnet.engine.batch.BatchPolicy;
import dev.iresnet.event.ImageEventFrameReader;
import dev.iresnet.event.RawRecord;
import dev.iresnet.image.DecodeLimits;
import dev.iresnet.image.PicturePreprocessor;
import dev.iresnet.image.Preprocessing;
import dev.iresnet.inference.InferencePipeline;
import dev.iresnet.inference.Labeling;
import dev.iresnet.inference.PipelineOptions;
import dev.iresnet.inference.Stages;
import dev.iresnet.model.LoadOptions;
import dev.iresnet.model.Model;
import dev.iresnet.model.Precision;
import dev.iresnet.model.loading.ModelLoader;
import dev.iresnet.result.FrameListener;
import dev.iresnet.result.FrameOutcome;
import dev.iresnet.result.FrameResult;
import dev.iresnet.schemas.SingleObjectFormat;
import dev.iresnet.tensorflow.Gpus;
import dev.iresnet.tensorflow.SessionOptions;
import dev.iresnet.tensorflow.TensorFlowProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The engine with as much to do as it can: raw pictures of the network's own size in, labels out.
 */
public final class EngineWorker implements Worker<Span> {
    private static final int DISTINCT = 64;
    private static final int TOP_K = 5;
    private static final int MAX_BYTES = 16 << 20;
    private static final int MAX_PIXELS = 50_000_000;

    /** The first batches are small ones: the device takes what is ready. */
    private static final int NOT_FULL = 2;

    private final int inFlight;
    private final InferencePipeline engine;
    private final Iterator<RawRecord> records;

    /**
     * What it is made of.
     *
     * @param model directory of a version
     * @param threads of TensorFlow for one operation; 0 for the product's default
     * @param deviceThreads batches on the device at once
     */
    public record Task(
            String model, Precision precision, int batch, int threads, int deviceThreads) {}

    /** What became of a frame; a frame that failed ends the measurement. */
    private record Answer(
            @Nullable FrameOutcome outcome, @Nullable Throwable failure, boolean firstOfBatch) {

        FrameResult result() {
            if (outcome instanceof FrameResult labeled) {
                return labeled;
            }
            throw new IllegalStateException("not labelled: " + outcome, failure);
        }
    }

    EngineWorker(Task task) {
        TensorFlowProcess.settle(new SessionOptions(task.threads(), 0, Gpus.ALL));
        Model model =
                ModelLoader.load(
                        Path.of(task.model()), new LoadOptions(task.batch(), task.precision()));
        Preprocessing rule = model.description().preprocessing();
        this.inFlight = (2 * task.deviceThreads() + 2) * task.batch();
        this.records =
                Stream.iterate(0, i -> (i + 1) % DISTINCT)
                        .map(Noise.records(DISTINCT, rule)::get)
                        .iterator();
        this.engine =
                InferencePipeline.start(
                        new Stages(
                                new ImageEventFrameReader(
                                        SingleObjectFormat.ofImageEvents(List.of())::decode),
                                new PicturePreprocessor(
                                        rule, new DecodeLimits(MAX_BYTES, MAX_PIXELS)),
                                model),
                        new PipelineOptions(
                                new EngineOptions(
                                        Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
                                        task.deviceThreads(),
                                        new BatchPolicy(task.batch(), Duration.ZERO),
                                        Duration.ZERO,
                                        Duration.ZERO),
                                new Labeling(TOP_K, 0)));
    }

    /** Pictures a second. */
    @Override
    public Object answer(Span span) throws InterruptedException {
        BlockingQueue<Answer> answers = new ArrayBlockingQueue<>(inFlight);
        for (int i = 0; i < inFlight; i++) {
            submit(answers);
        }
        Steps batches = new Steps();
        long start = System.nanoTime();
        long from = start;
        long to = start;
        int open = inFlight;
        while (open > 0) {
            Answer answer = answers.take();
            FrameResult result = answer.result();
            if (answer.firstOfBatch()) {
                note(result, batches);
                from = batches.count() == NOT_FULL ? System.nanoTime() : from;
            }
            if (span.isOver(start) && batches.count() > NOT_FULL + 1) {
                // from here on it has less and less to do
                to = to == start ? System.nanoTime() : to;
                open--;
            } else {
                submit(answers);
            }
        }
        return batches.perSecond(from, to);
    }

    private static void note(FrameResult first, Steps batches) {
        long end = System.nanoTime();
        batches.at(end - first.timings().inference(), end, first.timings().batchSize());
    }

    private void submit(BlockingQueue<Answer> answers) {
        boolean[] first = {false};
        var unused =
                engine.submit(
                                records.next(),
                                new FrameListener() {
                                    @Override
                                    public void inferred(
                                            long nanos, int batchSize, boolean firstOfBatch) {
                                        super.inferred(nanos, batchSize, firstOfBatch);
                                        first[0] = firstOfBatch;
                                    }
                                })
                        .whenComplete(
                                (outcome, failure) ->
                                        answers.add(new Answer(outcome, failure, first[0])));
    }

    @Override
    public void close() {
        engine.close();
    }
}
