package dev.iresnet.training;

import dev.iresnet.model.export.WeightSource;
import dev.iresnet.training.TrainingGraph.Outcome;
import dev.iresnet.training.TrainingGraph.Pace;
import dev.iresnet.training.TrainingState.Position;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Tensor;
import org.tensorflow.types.TUint8;

/**
 * Runs the steps of a plan, measures after each epoch, and keeps where it stands. While a step
 * computes, another thread makes the next batch. Not thread-safe.
 */
public final class Trainer implements AutoCloseable {
    private static final int MEASURED_AT_ONCE = 64;

    private final TrainingPlan plan;
    private final Optional<CropStore> validation;
    private final TrainingState state;
    private final TrainingGraph graph;
    private final Batches batches;
    private final long stepsOfAnEpoch;
    private final Optional<List<float[]>> validationFeatures;
    private final ExecutorService ahead = Executors.newSingleThreadExecutor();
    private Position position = new Position(0, -1);

    /**
     * A step that was made.
     *
     * @param number from 0
     * @param epoch from 0
     * @param loss mean cross entropy, with smoothing, before the step changed anything; no decay
     * @param accuracy share of its pictures that were labelled right
     * @param gradientNorm L2, over all gradients, before they are cut down
     */
    public record Step(
            long number,
            long epoch,
            float loss,
            float accuracy,
            float gradientNorm,
            float learningRate,
            double imagesPerSecond) {}

    /**
     * What the network is worth on the validation pictures.
     *
     * @param loss mean cross entropy, without smoothing
     * @param accuracy share that was labelled right
     */
    public record Measurement(double loss, double accuracy, int pictures) {}

    /** Told of what happens; may take time of training. */
    public interface Listener {
        void stepped(Step step) throws IOException;

        void measured(long epoch, Measurement measurement) throws IOException;
    }

    /**
     * Begins anew, or goes on.
     *
     * @param first weights to begin from; none to go on from the state that was kept
     * @throws TrainingException if there is no state, or one of another plan
     */
    Trainer(
            TrainingPlan plan,
            CropStore training,
            Optional<CropStore> validation,
            TrainingState state,
            Optional<WeightSource> first)
            throws IOException {
        this.plan = plan;
        this.validation = validation;
        this.state = state;
        this.graph =
                new TrainingGraph(
                        plan.network(),
                        plan.rule(),
                        plan.optimisation(),
                        plan.headOnly(),
                        plan.variation().mixup() > 0);
        if (first.isPresent()) {
            graph.begin(first.get());
        } else {
            position = state.restore(graph, plan.options());
        }
        PictureOrder order = new PictureOrder(training, training.readable(), plan);
        this.stepsOfAnEpoch = order.stepsOfAnEpoch();
        this.batches =
                new Batches(
                        plan,
                        training,
                        order,
                        plan.headOnly() ? Optional.of(features(training)) : Optional.empty());
        this.validationFeatures =
                plan.headOnly() ? validation.map(this::features) : Optional.empty();
    }

    Position position() {
        return position;
    }

    /** By index in the store; of pictures that cannot be read none. */
    private List<float[]> features(CropStore store) {
        List<Integer> readable = store.readable();
        int last = readable.isEmpty() ? -1 : readable.get(readable.size() - 1);
        List<float[]> features = new ArrayList<>(Collections.nCopies(last + 1, new float[0]));
        int channels = plan.network().architecture().backbone().features();
        for (int from = 0; from < readable.size(); from += MEASURED_AT_ONCE) {
            List<Integer> some =
                    readable.subList(from, Math.min(from + MEASURED_AT_ONCE, readable.size()));
            try (TUint8 pictures = Batches.plain(store, some, plan.rule())) {
                float[] all = graph.features(pictures);
                for (int i = 0; i < some.size(); i++) {
                    float[] own = new float[channels];
                    System.arraycopy(all, i * channels, own, 0, channels);
                    features.set(some.get(i), own);
                }
            }
        }
        return features;
    }

    /**
     * Makes the steps that are left.
     *
     * @param stopped asked after each step; training then keeps its state and returns
     * @return whether all steps were made
     * @throws TrainingException if the loss is no number any more
     */
    boolean run(BooleanSupplier stopped, Listener listener) throws IOException {
        @Nullable CompletableFuture<Batches.Batch> next = batch(position.step());
        try {
            while (position.step() < plan.pace().steps()) {
                long step = position.step();
                long began = System.nanoTime();
                try (Batches.Batch batch = Objects.requireNonNull(next).join()) {
                    next = step + 1 < plan.pace().steps() ? batch(step + 1) : null;
                    listener.stepped(step(step, batch, began));
                }
                position = new Position(step + 1, position.accuracy());
                boolean last = position.step() == plan.pace().steps();
                if (last || position.step() % stepsOfAnEpoch == 0) {
                    finishEpoch(step / stepsOfAnEpoch, listener);
                } else if (stopped.getAsBoolean()) {
                    state.save(graph, position, plan.options());
                }
                if (!last && stopped.getAsBoolean()) {
                    return false;
                }
            }
            return true;
        } finally {
            if (next != null) {
                next.join().close();
            }
        }
    }

    private CompletableFuture<Batches.Batch> batch(long step) {
        return CompletableFuture.supplyAsync(() -> batches.ofStep(step), ahead);
    }

    private Step step(long number, Batches.Batch batch, long began) {
        float rate = plan.pace().rate(number);
        // a mean over few steps forgets the first weights sooner
        float keep =
                Math.min(plan.optimisation().average(), (float) ((1.0 + number) / (10.0 + number)));
        Outcome outcome =
                graph.step(batch.input(), batch.targets(), new Pace(rate, batch.mix(), keep));
        if (!Float.isFinite(outcome.loss()) || !Float.isFinite(outcome.gradientNorm())) {
            throw astray(
                    "The loss is %s at step %d, its gradient %s"
                            .formatted(outcome.loss(), number, outcome.gradientNorm()));
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        return new Step(
                number,
                number / stepsOfAnEpoch,
                outcome.loss(),
                outcome.accuracy(),
                outcome.gradientNorm(),
                rate,
                batch.size() / seconds);
    }

    private static TrainingException astray(String what) {
        return new TrainingException(
                what
                        + ": training has gone astray. Lower --learning-rate, or raise"
                        + " --warmup-steps or set --clip. What was kept at the end of the last"
                        + " epoch is unharmed");
    }

    private void finishEpoch(long epoch, Listener listener) throws IOException {
        if (validation.isPresent()) {
            Measurement measurement = measure(validation.get());
            listener.measured(epoch, measurement);
            if (!Double.isFinite(measurement.loss())) {
                throw astray(
                        "The loss on the validation pictures is %s after epoch %d"
                                .formatted(measurement.loss(), epoch));
            }
            if (measurement.accuracy() > position.accuracy()) {
                position = new Position(position.step(), measurement.accuracy());
                state.saveBest(graph);
            }
        }
        state.save(graph, position, plan.options());
    }

    private Measurement measure(CropStore store) {
        List<Integer> readable = store.readable();
        double loss = 0;
        int right = 0;
        for (int from = 0; from < readable.size(); from += MEASURED_AT_ONCE) {
            List<Integer> some =
                    readable.subList(from, Math.min(from + MEASURED_AT_ONCE, readable.size()));
            try (Tensor input =
                    validationFeatures.isPresent()
                            ? Batches.features(some, validationFeatures.get())
                            : Batches.plain(store, some, plan.rule())) {
                float[] logits = graph.logits(input);
                int classes = logits.length / some.size();
                for (int i = 0; i < some.size(); i++) {
                    int label = store.label(some.get(i));
                    loss += crossEntropy(logits, i * classes, classes, label);
                    right += best(logits, i * classes, classes) == label ? 1 : 0;
                }
            }
        }
        return new Measurement(
                loss / readable.size(), (double) right / readable.size(), readable.size());
    }

    private static int best(float[] logits, int from, int classes) {
        int best = 0;
        for (int i = 1; i < classes; i++) {
            if (logits[from + i] > logits[from + best]) {
                best = i;
            }
        }
        return best;
    }

    private static double crossEntropy(float[] logits, int from, int classes, int label) {
        double largest = logits[from + best(logits, from, classes)];
        double sum = 0;
        for (int i = 0; i < classes; i++) {
            sum += Math.exp(logits[from + i] - largest);
        }
        return Math.log(sum) + largest - logits[from + label];
    }

    @Override
    public void close() {
        ahead.shutdown();
        graph.close();
    }
}
