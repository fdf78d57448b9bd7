package dev.iresnet.model.running;

import dev.iresnet.model.DetectionRule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Keeps the best of boxes that overlap, class by class, as NVIDIA's SSD does: the best candidates
 * of a class by score, of which each leaves out the later ones that it overlaps; then the best of
 * all classes. Boxes are compared before they are clipped. Thread-safe.
 */
record Suppression(DetectionRule rule) {

    /**
     * A box that a network gives, in any unit.
     *
     * @param index of its class
     * @param score of it
     */
    record Candidate(int index, float score, float xMin, float yMin, float xMax, float yMax) {
        private static final Comparator<Candidate> BEST =
                Comparator.comparingDouble(candidate -> -candidate.score);

        /** The same box. */
        Candidate of(int index, float score) {
            return new Candidate(index, score, xMin, yMin, xMax, yMax);
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

    /**
     * What is kept.
     *
     * @param classes a list for each class; reordered
     * @return best first; of equal ones the first
     */
    List<Candidate> kept(List<List<Candidate>> classes) {
        List<Candidate> kept = new ArrayList<>();
        for (List<Candidate> candidates : classes) {
            candidates.sort(Candidate.BEST);
            kept.addAll(ofClass(candidates));
        }
        kept.sort(Candidate.BEST);
        return kept.subList(0, Math.min(rule.maxBoxes(), kept.size()));
    }

    private List<Candidate> ofClass(List<Candidate> sorted) {
        List<Candidate> best = sorted.subList(0, Math.min(rule.candidates(), sorted.size()));
        if (rule.iou() == 1) {
            return best;
        }
        List<Candidate> kept = new ArrayList<>();
        for (Candidate next : best) {
            // not "<": boxes without an area overlap by NaN, and do no harm
            if (kept.stream().noneMatch(better -> better.overlap(next) >= rule.iou())) {
                kept.add(next);
            }
        }
        return kept;
    }
}
