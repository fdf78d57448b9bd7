package dev.iresnet.evaluation;

import dev.iresnet.model.ClassScores;
import dev.iresnet.model.Prediction;
import java.util.List;

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
    public void add(List<Prediction> reference, List<Prediction> moved) {
        if (reference.size() != moved.size()) {
            throw new IllegalArgumentException("answers for different pictures");
        }
        for (int i = 0; i < reference.size(); i++) {
            add(reference.get(i).scores(), moved.get(i).scores());
        }
    }

    private void add(ClassScores reference, ClassScores moved) {
        if (reference.classes() != moved.classes()) {
            throw new IllegalArgumentException("answers for different classes");
        }
        pictures++;
        agreed += reference.top(1)[0] == moved.top(1)[0] ? 1 : 0;
        for (int i = 0; i < reference.classes(); i++) {
            double difference = Math.abs(moved.at(i) - (double) reference.at(i));
            // Math.max keeps NaN, which must not count as agreement
            largest = Math.max(largest, difference);
            differencePower += difference * difference;
            referencePower += (double) reference.at(i) * reference.at(i);
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
