package dev.iresnet.model.running;

import dev.iresnet.model.DetectionRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;

/**
 * Keeps the best of boxes that overlap, class by class, as NVIDIA's SSD does: the best candidates
 * of a class by score, of which each leaves out the later ones that it overlaps; then the best of
 * all classes. Boxes are compared before they are clipped. Thread-safe.
 */
record Suppression(DetectionRule rule) {

    /**
     * A box that a network gives, in any unit. The natural order is best first, then by class, then
     * by number.
     *
     * @param index of its class
     * @param score of it
     * @param number of the box among the picture's
     */
    record Candidate(
            int index, float score, int number, float xMin, float yMin, float xMax, float yMax)
            implements Comparable<Candidate> {

        /** The same box. */
        Candidate of(int index, float score) {
            return new Candidate(index, score, number, xMin, yMin, xMax, yMax);
        }

        @Override
        public int compareTo(Candidate other) {
            int byScore = Float.compare(other.score, score);
            int byClass = byScore == 0 ? Integer.compare(index, other.index) : byScore;
            return byClass == 0 ? Integer.compare(number, other.number) : byClass;
        }

        private float overlap(Candidate other) {
            float width = Math.min(xMax, other.xMax) - Math.max(xMin, other.xMin);
            float height = Math.min(yMax, other.yMax) - Math.max(yMin, other.yMin);
            float both = Math.max(0, width) * Math.max(0, height);
            return both / (area() + other.area() - both);
        }

        private float area() {
            return (xMax - xMin) * (yMax - yMin);
        }
    }

    /** What was looked at and kept of a class. */
    private static final class OfClass {
        private final List<Candidate> kept = new ArrayList<>();
        private int compared;
    }

    /**
     * What is kept, best first. Classes do not meet, so all candidates are looked at in one order,
     * and only until there are enough: a heap, because few of many are looked at.
     */
    List<Candidate> kept(List<Candidate> candidates) {
        Queue<Candidate> next = new PriorityQueue<>(candidates);
        Map<Integer, OfClass> classes = new HashMap<>();
        List<Candidate> kept = new ArrayList<>();
        while (!next.isEmpty() && kept.size() < rule.maxBoxes()) {
            Candidate best = next.remove();
            OfClass others = classes.computeIfAbsent(best.index(), index -> new OfClass());
            if (others.compared < rule.candidates()) {
                others.compared++;
                if (isKept(best, others.kept)) {
                    others.kept.add(best);
                    kept.add(best);
                }
            }
        }
        return kept;
    }

    private boolean isKept(Candidate next, List<Candidate> betterOnes) {
        if (rule.iou() == 1) {
            return true;
        }
        for (Candidate better : betterOnes) {
            // not "<": boxes without an area overlap by NaN, and do no harm
            if (better.overlap(next) >= rule.iou()) {
                return false;
            }
        }
        return true;
    }
}
