package dev.iresnet.evaluation;

import dev.iresnet.model.ClassScores;
import dev.iresnet.model.Detections;
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
            if (reference.get(i) instanceof Detections before
                    && moved.get(i) instanceof Detections after) {
                add(before, after);
            } else {
                add(reference.get(i).scores(), moved.get(i).scores());
            }
        }
    }

    /** Boxes are compared one by one, best first; what one side lacks counts as a score of 0. */
    private void add(Detections reference, Detections moved) {
        pictures++;
        int most = Math.max(reference.objects().size(), moved.objects().size());
        boolean same = reference.objects().size() == moved.objects().size();
        for (int i = 0; i < most; i++) {
            double before = score(reference, i);
            double difference = Math.abs(score(moved, i) - before);
            largest = Math.max(largest, difference);
            differencePower += difference * difference;
            referencePower += before * before;
            same &= index(reference, i) == index(moved, i);
        }
        agreed += same ? 1 : 0;
    }

    private static double score(Detections of, int at) {
        return at < of.objects().size() ? of.objects().get(at).score() : 0;
    }

    private static int index(Detections of, int at) {
        return at < of.objects().size() ? of.objects().get(at).index() : -1;
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

    /**
     * Largest difference of a probability or of a box's score, 0..1; NaN if one of either is not
     * finite.
     */
    public double largest() {
        return largest;
    }

    /** {@code ||moved - reference|| / ||reference||} over all probabilities. */
    public double relativeError() {
        return Math.sqrt(differencePower / referencePower);
    }

    /** Share of pictures with the same best label, or the same labels of all boxes, 0..1. */
    public double agreement() {
        return (double) agreed / pictures;
    }
}
