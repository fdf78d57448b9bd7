package dev.iresnet.evaluation;

import dev.iresnet.model.Scores;

/**
 * How far the answers of a model have moved from those of a reference: of the same network before
 * folding, or in a higher precision. Not thread-safe.
 */
public final class Drift {
    private int pictures;
    private int agreed;
    private double largest;
    private double differencePower;
    private double referencePower;

    /** Compares two answers for the same pictures. */
    public void add(Scores reference, Scores moved) {
        if (reference.classes() != moved.classes() || reference.rows() != moved.rows()) {
            throw new IllegalArgumentException("answers for different pictures or classes");
        }
        for (int row = 0; row < reference.rows(); row++) {
            pictures++;
            agreed += reference.top(row, 1)[0] == moved.top(row, 1)[0] ? 1 : 0;
            for (int i = 0; i < reference.classes(); i++) {
                double difference = Math.abs(moved.at(row, i) - (double) reference.at(row, i));
                // NaN, which must not pass for agreement, wins in max
                largest = Math.max(largest, difference);
                differencePower += difference * difference;
                referencePower += (double) reference.at(row, i) * reference.at(row, i);
            }
        }
    }

    /** How many were compared. */
    public int pictures() {
        return pictures;
    }

    /** Largest difference of a probability, 0..1; NaN if one of either is not finite. */
    public double largest() {
        return largest;
    }

    /** {@code ||moved - reference|| / ||reference||} over all probabilities. */
    public double relativeError() {
        return Math.sqrt(differencePower / referencePower);
    }

    /** Share of pictures with the same best label, 0..1. */
    public double agreement() {
        return (double) agreed / pictures;
    }
}
