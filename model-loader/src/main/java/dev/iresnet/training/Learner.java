package dev.iresnet.training;

import dev.iresnet.training.Trainer.Measurement;
import dev.iresnet.training.descent.LearningWeights;
import dev.iresnet.training.descent.LearningWeights.Pace;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * What a {@link Trainer} repeats: steps on batches, and measurements. Not thread-safe but for
 * {@link #batch}.
 *
 * @param <B> what a step is fed with
 */
public interface Learner<B extends Learner.Batch> extends AutoCloseable {

    /** What a step is fed with; holds native memory until it is closed. */
    interface Batch extends AutoCloseable {
        /** Pictures. */
        int size();

        @Override
        void close();
    }

    /**
     * What a step was like.
     *
     * @param loss before the step changed anything, without decay
     * @param accuracy share of what it was asked that was labelled right
     * @param gradientNorm L2, over all gradients, before they are cut down
     */
    record Outcome(float loss, float accuracy, float gradientNorm) {}

    /** What steps change, and what is kept of it. */
    LearningWeights weights();

    /** Called once, before all that follows, when the weights to begin from are there. */
    void prepare();

    /** Steps in which every picture comes once, about. */
    long stepsOfAnEpoch();

    /** The batch of a step, which follows from the step alone; called by a thread of its own. */
    B batch(long step);

    Outcome step(B batch, Pace pace);

    /** Whether what the exported weights say of some pictures is finite. */
    boolean isFinite();

    /** Whether there are pictures to measure with. */
    boolean measures();

    /**
     * Measures.
     *
     * @param stopped asked now and then
     * @return empty if it was stopped
     */
    Optional<Measurement> measure(BooleanSupplier stopped);

    @Override
    void close();
}
