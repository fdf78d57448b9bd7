package dev.iresnet.training;

import dev.iresnet.model.export.WeightSource;
import dev.iresnet.training.Learner.Outcome;
import dev.iresnet.training.TrainingState.Position;
import dev.iresnet.training.descent.LearningWeights.Pace;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes steps, measures after each epoch, and keeps where it stands. While a step computes, another
 * thread makes the next batch. Not thread-safe.
 *
 * @param <B> what a step is fed with
 */
public final class Trainer<B extends Learner.Batch> implements AutoCloseable {
    private final Learner<B> learner;
    private final TrainingPlan.Pace pace;

    /** Share of the old weights in their running mean. */
    private final float average;

    private final TrainingState state;
    private final long stepsOfAnEpoch;
    private final ExecutorService ahead = Executors.newSingleThreadExecutor();
    private Position position = Position.BEGIN;

    /**
     * A step that was made.
     *
     * @param number from 0
     * @param epoch from 0
     * @param loss before the step changed anything: mean cross entropy, with smoothing; of a
     *     detector that of its boxes, too; no decay
     * @param accuracy share of its pictures, of a detector of its boxes, that were labelled right
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
     * @param loss the mean over the pictures, without smoothing
     * @param score what is best where it is highest, 0..1
     * @param meaning of the score
     */
    public record Measurement(double loss, double score, Meaning meaning, int pictures) {}

    /** Of a score. */
    public enum Meaning {
        /** Share of the pictures that was labelled right. */
        ACCURACY("accuracy", "validationAccuracy"),
        /** Mean average precision of a detector, at an overlap (IoU) of 0.5. */
        MAP50("mAP@0.5", "validationMap50");

        private final String title;
        private final String logged;

        Meaning(String title, String logged) {
            this.title = title;
            this.logged = logged;
        }

        /** For people. */
        public String title() {
            return title;
        }

        /** Its name in the log. */
        public String logged() {
            return logged;
        }
    }

    /** Told of what happens; may take time of training. */
    public interface Listener {
        void stepped(Step step) throws IOException;

        void measured(long epoch, Measurement measurement) throws IOException;
    }

    /**
     * Begins anew, and forgets the state that was kept; or goes on from it.
     *
     * @param learner closed after this, by whoever made it
     * @param first weights to begin from
     * @param resumed whether to go on
     * @throws TrainingException if there is no state, or one of other training
     */
    Trainer(
            Learner<B> learner,
            TrainingPlan plan,
            TrainingState state,
            WeightSource first,
            boolean resumed)
            throws IOException {
        this.learner = learner;
        this.pace = plan.pace();
        this.average = plan.optimisation().average();
        this.state = state;
        learner.weights().begin(first);
        if (resumed) {
            position = state.restore(learner.weights());
        } else {
            state.clear();
        }
        learner.prepare();
        this.stepsOfAnEpoch = learner.stepsOfAnEpoch();
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
        @Nullable CompletableFuture<B> next = left() ? batch(position.step()) : null;
        try {
            while (left()) {
                long began = System.nanoTime();
                long step = position.step();
                try (B batch = await(Objects.requireNonNull(next))) {
                    next = step + 1 < pace.steps() ? batch(step + 1) : null;
                    listener.stepped(step(step, batch, began));
                }
                position = position.stepped();
                if (atEndOfEpoch()) {
                    state.save(learner.weights(), position);
                    if (!measure(stopped, listener)) {
                        return false;
                    }
                } else if (stopped.getAsBoolean()) {
                    state.save(learner.weights(), position);
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
        return position.step() < pace.steps();
    }

    private boolean atEndOfEpoch() {
        return position.step() > 0 && (!left() || position.step() % stepsOfAnEpoch == 0);
    }

    private CompletableFuture<B> batch(long step) {
        return CompletableFuture.supplyAsync(() -> learner.batch(step), ahead);
    }

    /** What the other thread threw is thrown here as it was. */
    static <B> B await(CompletableFuture<B> batch) {
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

    private static boolean close(Learner.@Nullable Batch batch, @Nullable Throwable failure) {
        if (batch != null) {
            batch.close();
        }
        return failure == null;
    }

    private Step step(long number, B batch, long began) {
        float rate = pace.rate(number);
        // a mean over few steps forgets the first weights sooner
        float keep = Math.min(average, (float) ((1.0 + number) / (10.0 + number)));
        Outcome outcome = learner.step(batch, new Pace(rate, keep));
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
        if (!learner.measures() && !left() && !learner.isFinite()) {
            throw state.astray(
                    "The network's output is no number after %d steps".formatted(position.step()));
        }
        if (!learner.measures() || position.measured() == epochs) {
            return true;
        }
        Optional<Measurement> measured = learner.measure(stopped);
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
        if (now.score() > position.best()) {
            state.saveBest(learner.weights(), position);
        }
        position = position.measured(now.score());
        state.save(position);
        return true;
    }

    @Override
    public void close() {
        ahead.shutdown();
    }
}
