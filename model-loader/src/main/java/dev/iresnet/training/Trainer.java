package dev.iresnet.training;

import dev.iresnet.model.export.WeightSource;
import dev.iresnet.training.TrainingGraph.Outcome;
import dev.iresnet.training.TrainingGraph.Pace;
import dev.iresnet.training.TrainingState.Position;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs the steps of a plan, measures after each epoch, and keeps where it stands. While a step
 * computes, another thread makes the next batch. Not thread-safe.
 */
public final class Trainer implements AutoCloseable {
    private final TrainingPlan plan;
    private final TrainingState state;
    private final TrainingGraph graph;
    private final Batches batches;
    private final long stepsOfAnEpoch;
    private final Inference learned;
    private final Optional<List<float[]>> features;
    private final Optional<Inference> validation;
    private final Optional<List<float[]>> validationFeatures;
    private final ExecutorService ahead = Executors.newSingleThreadExecutor();
    private Position position = Position.BEGIN;

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
     * Begins anew, and forgets the state that was kept; or goes on from it.
     *
     * @param first weights to begin from
     * @param resumed whether to go on
     * @throws TrainingException if there is no state, or one of other training
     */
    Trainer(
            TrainingPlan plan,
            CropStore training,
            Optional<CropStore> validation,
            TrainingState state,
            WeightSource first,
            boolean resumed)
            throws IOException {
        this.plan = plan;
        this.state = state;
        this.graph =
                new TrainingGraph(
                        plan.network(),
                        plan.rule(),
                        plan.optimisation(),
                        plan.headOnly(),
                        plan.variation().mixup() > 0);
        graph.begin(first);
        if (resumed) {
            position = state.restore(graph);
        } else {
            state.clear();
        }
        PictureOrder order = new PictureOrder(training, training.readable(), plan);
        this.stepsOfAnEpoch = order.stepsOfAnEpoch();
        boolean frozen = plan.headOnly();
        this.learned = new Inference(plan, graph, training);
        this.features = frozen ? Optional.of(learned.features()) : Optional.empty();
        this.batches = new Batches(plan, training, order, features);
        this.validation = validation.map(store -> new Inference(plan, graph, store));
        this.validationFeatures =
                frozen ? this.validation.map(Inference::features) : Optional.empty();
    }

    Position position() {
        return position;
    }

    /**
     * Makes the steps that are left.
     *
     * @param stopped asked after each step and while pictures are measured; training then keeps its
     *     state and returns
     * @return whether all was done
     * @throws TrainingException if the loss or a weight is no number any more
     */
    boolean run(BooleanSupplier stopped, Listener listener) throws IOException {
        // it may have been stopped while it measured
        if (atEndOfEpoch() && !measure(stopped, listener)) {
            return false;
        }
        @Nullable CompletableFuture<Batches.Batch> next = left() ? batch(position.step()) : null;
        try {
            while (left()) {
                long began = System.nanoTime();
                long step = position.step();
                try (Batches.Batch batch = await(Objects.requireNonNull(next))) {
                    next = step + 1 < plan.pace().steps() ? batch(step + 1) : null;
                    listener.stepped(step(step, batch, began));
                }
                position = position.stepped();
                if (atEndOfEpoch()) {
                    state.save(graph, position);
                    if (!measure(stopped, listener)) {
                        return false;
                    }
                } else if (stopped.getAsBoolean()) {
                    state.save(graph, position);
                }
                if (left() && stopped.getAsBoolean()) {
                    return false;
                }
            }
            return true;
        } finally {
            if (next != null) {
                next.handle(Trainer::close).join();
            }
        }
    }

    private boolean left() {
        return position.step() < plan.pace().steps();
    }

    private boolean atEndOfEpoch() {
        return position.step() > 0 && (!left() || position.step() % stepsOfAnEpoch == 0);
    }

    private CompletableFuture<Batches.Batch> batch(long step) {
        return CompletableFuture.supplyAsync(() -> batches.ofStep(step), ahead);
    }

    /** What the other thread threw is thrown here as it was. */
    static Batches.Batch await(CompletableFuture<Batches.Batch> batch) {
        try {
            return batch.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw e;
        }
    }

    private static boolean close(Batches.@Nullable Batch batch, @Nullable Throwable failure) {
        if (batch != null) {
            batch.close();
        }
        return failure == null;
    }

    private Step step(long number, Batches.Batch batch, long began) {
        float rate = plan.pace().rate(number);
        // a mean over few steps forgets the first weights sooner
        float keep =
                Math.min(plan.optimisation().average(), (float) ((1.0 + number) / (10.0 + number)));
        Outcome outcome =
                graph.step(batch.input(), batch.targets(), new Pace(rate, batch.mix(), keep));
        if (!Float.isFinite(outcome.loss()) || !Float.isFinite(outcome.gradientNorm())) {
            throw state.astray(
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

    /**
     * Measures what an epoch gave, unless that was done before.
     *
     * @return false if it was stopped
     */
    private boolean measure(BooleanSupplier stopped, Listener listener) throws IOException {
        long epochs = (position.step() + stepsOfAnEpoch - 1) / stepsOfAnEpoch;
        if (validation.isEmpty() && !left() && !learned.isFinite(features)) {
            throw state.astray(
                    "The network's output is no number after %d steps".formatted(position.step()));
        }
        if (validation.isEmpty() || position.measured() == epochs) {
            return true;
        }
        Optional<Measurement> measured = validation.get().measure(validationFeatures, stopped);
        if (measured.isEmpty()) {
            return false;
        }
        Measurement now = measured.get();
        listener.measured(epochs - 1, now);
        if (!Double.isFinite(now.loss())) {
            throw state.astray(
                    "The loss on the validation pictures is %s after epoch %d"
                            .formatted(now.loss(), epochs));
        }
        if (now.accuracy() > position.best()) {
            state.saveBest(graph, position);
        }
        position = position.measured(now.accuracy());
        state.save(position);
        return true;
    }

    @Override
    public void close() {
        ahead.shutdown();
        graph.close();
    }
}
