package dev.iresnet.benchmark.piece;

import dev.iresnet.benchmark.worker.Worker;
import dev.iresnet.event.ImageEventFrameReader;
import dev.iresnet.event.RawRecord;
import dev.iresnet.image.DecodeLimits;
import dev.iresnet.image.PicturePreprocessor;
import dev.iresnet.image.Preprocessing;
import dev.iresnet.model.LoadOptions;
import dev.iresnet.model.Model;
import dev.iresnet.model.Precision;
import dev.iresnet.model.loading.ModelLoader;
import dev.iresnet.schemas.SingleObjectFormat;
import dev.iresnet.serving.Engine;
import dev.iresnet.serving.EngineOptions;
import dev.iresnet.serving.Labeling;
import dev.iresnet.serving.Outcome;
import dev.iresnet.serving.Stages;
import dev.iresnet.serving.batch.BatchPolicy;
import dev.iresnet.tensorflow.Gpus;
import dev.iresnet.tensorflow.SessionOptions;
import dev.iresnet.tensorflow.TensorFlowProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

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
    private final Engine engine;
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
                Engine.start(
                        new Stages(
                                new ImageEventFrameReader(
                                        SingleObjectFormat.ofImageEvents(List.of())::decode),
                                new PicturePreprocessor(
                                        rule, new DecodeLimits(MAX_BYTES, MAX_PIXELS)),
                                model),
                        new EngineOptions(
                                Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
                                task.deviceThreads(),
                                new BatchPolicy(task.batch(), Duration.ZERO),
                                new Labeling(TOP_K, 0)));
    }

    /** Pictures a second. */
    @Override
    public Object answer(Span span) throws InterruptedException {
        BlockingQueue<Outcome.Labeled> answers = new ArrayBlockingQueue<>(inFlight);
        for (int i = 0; i < inFlight; i++) {
            submit(answers);
        }
        Steps batches = new Steps();
        long start = System.nanoTime();
        long from = start;
        long to = start;
        int open = inFlight;
        while (open > 0) {
            Outcome.Labeled answer = answers.take();
            if (answer.firstOfBatch()) {
                note(answer, batches);
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

    private static void note(Outcome.Labeled first, Steps batches) {
        long end = System.nanoTime();
        batches.at(end - first.timings().inference(), end, first.timings().batchSize());
    }

    private void submit(BlockingQueue<Outcome.Labeled> answers) {
        var unused =
                engine.submit(records.next())
                        .thenAccept(
                                outcome -> {
                                    if (!(outcome instanceof Outcome.Labeled labeled)) {
                                        throw new CompletionException(
                                                new IllegalStateException(
                                                        "not labelled: " + outcome));
                                    }
                                    answers.add(labeled);
                                });
    }

    @Override
    public void close() {
        engine.close();
    }
}
