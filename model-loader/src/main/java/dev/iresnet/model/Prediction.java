package dev.iresnet.model;

/** What a model says of a sample: of a kind that depends on the model's {@link Task}. */
public sealed interface Prediction permits ClassScores, Detections {

    /**
     * Whether all its numbers are finite: they are not where the network or its input overflowed.
     */
    boolean isFinite();

    /**
     * This prediction as the scores of a classifier.
     *
     * @throws ModelException if it is of a model for another task
     */
    default ClassScores scores() {
        if (this instanceof ClassScores scores) {
            return scores;
        }
        throw new ModelException("The model does not classify: it gives no scores of classes");
    }
}
