package dev.iresnet.evaluation;

import dev.iresnet.evaluation.TrueObject.Rectangle;
import dev.iresnet.model.Detections;
import dev.iresnet.model.Detections.Detection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How well a detector's boxes agree with annotations, by COCO's rule (pycocotools, {@code
 * COCOeval}, {@code bbox}, all areas): precision interpolated at 101 recalls, at overlaps (IoU) of
 * 0.5, 0.55 and so on to 0.95, at most 100 boxes of a class in a picture. Not thread-safe.
 */
public final class AveragePrecision {
    private static final int OVERLAPS = 10;
    private static final int RECALLS = 101;
    private static final int MOST_BOXES = 100;

    // as numpy's linspace rounds them: recalls are shares of counts, and often equal to a step
    private static final double RECALL_STEP = 1.0 / (RECALLS - 1);
    private static final double LEAST_OVERLAP = 0.5;
    private static final double OVERLAP_STEP = (0.95 - LEAST_OVERLAP) / (OVERLAPS - 1);

    /** Numpy's, in pycocotools' quotient. */
    private static final double EPSILON = Math.ulp(1.0);

    private final List<OfClass> classes;
    private int pictures;

    /** For so many classes. */
    public AveragePrecision(int classes) {
        this.classes = Stream.generate(OfClass::new).limit(classes).toList();
    }

    /** Counts a picture. */
    public void add(List<TrueObject> truth, Detections told) {
        pictures++;
        for (int index = 0; index < classes.size(); index++) {
            int of = index;
            List<Detection> found =
                    told.objects().stream()
                            .filter(detection -> detection.index() == of)
                            .limit(MOST_BOXES)
                            .toList();
            // the ignored last, as a box rather matches one that counts
            List<TrueObject> wanted =
                    truth.stream()
                            .filter(object -> object.index() == of)
                            .sorted(Comparator.comparing(TrueObject::ignored))
                            .toList();
            if (!found.isEmpty() || !wanted.isEmpty()) {
                classes.get(index).add(wanted, found);
            }
        }
    }

    public int pictures() {
        return pictures;
    }

    /** Annotated objects of a class, without those that are ignored. */
    public int objects(int index) {
        return classes.get(index).objects;
    }

    /** Of a class at an overlap of 0.5; NaN if no object of it is annotated. */
    public double at50(int index) {
        return classes.get(index).precision(0);
    }

    /** Of a class, the mean over all overlaps; NaN if no object of it is annotated. */
    public double mean(int index) {
        return IntStream.range(0, OVERLAPS)
                .mapToDouble(classes.get(index)::precision)
                .average()
                .orElse(Double.NaN);
    }

    /** The mean over all classes that are annotated, at an overlap of 0.5; NaN if none is. */
    public double mean50() {
        return overClasses(this::at50);
    }

    /** The mean over all classes that are annotated and all overlaps; NaN if none is. */
    public double mean() {
        return overClasses(this::mean);
    }

    private double overClasses(IntToDoubleFunction value) {
        return IntStream.range(0, classes.size())
                .filter(index -> objects(index) > 0)
                .mapToDouble(value)
                .average()
                .orElse(Double.NaN);
    }

    /** Of a box and an object; of a crowd the share of the box that lies in it. */
    private static double overlap(Rectangle box, TrueObject object) {
        double both = box.intersection(object.box());
        return both / (object.crowd() ? box.area() : box.area() + object.box().area() - both);
    }

    /** What became of a box at each overlap. */
    @SuppressWarnings("ArrayRecordComponent") // filled in place, never compared
    private record Outcome(float score, boolean[] right, boolean[] ignored) {}

    /** All boxes and objects of a class. */
    private static final class OfClass {
        private final List<Outcome> outcomes = new ArrayList<>();
        private int objects;
        private boolean sorted = true;

        void add(List<TrueObject> wanted, List<Detection> found) {
            objects += (int) wanted.stream().filter(object -> !object.ignored()).count();
            List<Outcome> these = new ArrayList<>();
            List<double[]> overlaps = new ArrayList<>();
            for (Detection detection : found) {
                Rectangle box = Rectangle.of(detection.box());
                overlaps.add(wanted.stream().mapToDouble(object -> overlap(box, object)).toArray());
                these.add(
                        new Outcome(
                                detection.score(), new boolean[OVERLAPS], new boolean[OVERLAPS]));
            }
            for (int t = 0; t < OVERLAPS; t++) {
                boolean[] taken = new boolean[wanted.size()];
                for (int d = 0; d < found.size(); d++) {
                    int match =
                            match(wanted, taken, overlaps.get(d), LEAST_OVERLAP + t * OVERLAP_STEP);
                    if (match >= 0) {
                        taken[match] = true;
                        these.get(d).right[t] = true;
                        these.get(d).ignored[t] = wanted.get(match).ignored();
                    }
                }
            }
            outcomes.addAll(these);
            sorted = false;
        }

        /** Best first; of equal scores those of earlier pictures first. */
        private List<Outcome> ranked() {
            if (!sorted) {
                outcomes.sort(Comparator.comparingDouble(outcome -> -outcome.score));
                sorted = true;
            }
            return outcomes;
        }

        /** The object that a box overlaps most, or -1. */
        private static int match(
                List<TrueObject> wanted, boolean[] taken, double[] overlaps, double least) {
            double best = Math.min(least, 1 - 1e-10);
            int match = -1;
            for (int g = 0; g < overlaps.length; g++) {
                TrueObject object = wanted.get(g);
                if (taken[g] && !object.crowd()) {
                    continue;
                }
                if (match >= 0 && !wanted.get(match).ignored() && object.ignored()) {
                    break;
                }
                if (overlaps[g] >= best) {
                    best = overlaps[g];
                    match = g;
                }
            }
            return match;
        }

        double precision(int overlap) {
            if (objects == 0) {
                return Double.NaN;
            }
            List<Outcome> counted =
                    ranked().stream().filter(outcome -> !outcome.ignored[overlap]).toList();
            double[] recall = new double[counted.size()];
            double[] precision = new double[counted.size()];
            int right = 0;
            for (int i = 0; i < recall.length; i++) {
                right += counted.get(i).right[overlap] ? 1 : 0;
                recall[i] = (double) right / objects;
                precision[i] = right / (i + 1 + EPSILON);
            }
            for (int i = precision.length - 1; i > 0; i--) {
                precision[i - 1] = Math.max(precision[i - 1], precision[i]);
            }
            return interpolated(recall, precision);
        }

        private static double interpolated(double[] recall, double[] precision) {
            double sum = 0;
            int at = 0;
            for (int r = 0; r < RECALLS; r++) {
                double least = r * RECALL_STEP;
                while (at < recall.length && recall[at] < least) {
                    at++;
                }
                sum += at < recall.length ? precision[at] : 0;
            }
            return sum / RECALLS;
        }
    }
}
