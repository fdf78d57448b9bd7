package dev.iresnet.evaluation;

import dev.iresnet.evaluation.TrueObject.Rectangle;
import dev.iresnet.model.ClassScores;
import dev.iresnet.model.Detections;
import dev.iresnet.model.Detections.Box;
import dev.iresnet.model.Detections.Detection;
import dev.iresnet.model.Prediction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * How far the answers of a model have moved from those of a reference: of the same network before
 * folding, or in a higher precision. Not thread-safe.
 */
public final class Drift {
    /** Overlap (IoU) from which two boxes are taken for the same. */
    private static final double SAME = 0.5;

    private int pictures;
    private int agreed;
    private double largest;
    private double shift;
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

    /**
     * Each box is compared with the one of its class that overlaps it most, by half or more; one
     * that has no such partner counts as a score that became 0, or was.
     */
    private void add(Detections reference, Detections moved) {
        pictures++;
        List<Detection> left = new ArrayList<>(moved.objects());
        boolean same = true;
        for (Detection before : reference.objects()) {
            Optional<Detection> partner =
                    left.stream()
                            .filter(after -> after.index() == before.index())
                            .filter(after -> overlap(before, after) >= SAME)
                            .max(Comparator.comparingDouble(after -> overlap(before, after)));
            partner.ifPresent(left::remove);
            partner.ifPresent(after -> shift = Math.max(shift, shift(before.box(), after.box())));
            same &= partner.isPresent();
            count(before.score(), partner.map(Detection::score).orElse(0f));
        }
        left.forEach(after -> count(0, after.score()));
        agreed += same && left.isEmpty() ? 1 : 0;
    }

    private void count(double before, double after) {
        double difference = Math.abs(after - before);
        // Math.max keeps NaN, which must not count as agreement
        largest = Math.max(largest, difference);
        differencePower += difference * difference;
        referencePower += before * before;
    }

    private static double overlap(Detection one, Detection other) {
        Rectangle a = Rectangle.of(one.box());
        Rectangle b = Rectangle.of(other.box());
        double both = a.intersection(b);
        return both / (a.area() + b.area() - both);
    }

    private static double shift(Box before, Box after) {
        return DoubleStream.of(
                        before.xMin() - after.xMin(),
                        before.yMin() - after.yMin(),
                        before.xMax() - after.xMax(),
                        before.yMax() - after.yMax())
                .map(Math::abs)
                .max()
                .orElseThrow();
    }

    private void add(ClassScores reference, ClassScores moved) {
        if (reference.classes() != moved.classes()) {
            throw new IllegalArgumentException("answers for different classes");
        }
        pictures++;
        agreed += reference.top(1)[0] == moved.top(1)[0] ? 1 : 0;
        for (int i = 0; i < reference.classes(); i++) {
            count(reference.at(i), moved.at(i));
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

    /** Largest way of an edge of a box, in pixels of the picture; 0 where there are no boxes. */
    public double largestShift() {
        return shift;
    }

    /** {@code ||moved - reference|| / ||reference||} over all probabilities, or scores of boxes. */
    public double relativeError() {
        return Math.sqrt(differencePower / referencePower);
    }

    /** Share of pictures with the same best label, or the same boxes, 0..1. */
    public double agreement() {
        return (double) agreed / pictures;
    }
}
