package dev.iresnet.evaluation;

import java.util.ArrayList;
import java.util.List;

/** Counts answers as they come. Not thread-safe. */
public final class ConfusionMatrix {
    private final List<String> labels;
    private final int[][] predicted;
    private final int[] inTopFive;

    /**
     * Counts nothing yet.
     *
     * @param labels by class index
     */
    public ConfusionMatrix(List<String> labels) {
        this.labels = List.copyOf(labels);
        this.predicted = new int[labels.size()][labels.size()];
        this.inTopFive = new int[labels.size()];
    }

    /**
     * Counts an answer.
     *
     * @param truth class index
     * @param best class indices, the most probable first; at most the first five are looked at
     */
    public void add(int truth, int[] best) {
        predicted[truth][best[0]]++;
        for (int i = 0; i < Math.min(5, best.length); i++) {
            if (best[i] == truth) {
                inTopFive[truth]++;
            }
        }
    }

    /** What was counted until now. */
    public Evaluation evaluation() {
        List<Evaluation.OfClass> classes = new ArrayList<>();
        for (int truth = 0; truth < labels.size(); truth++) {
            List<Integer> row = new ArrayList<>();
            for (int count : predicted[truth]) {
                row.add(count);
            }
            classes.add(new Evaluation.OfClass(truth, labels.get(truth), inTopFive[truth], row));
        }
        return new Evaluation(classes);
    }
}
