package dev.iresnet.chaos.reference;

import dev.iresnet.model.ClassScores;
import dev.iresnet.model.Prediction;
import java.util.List;

/**
 * Whether a label could be another one under another size of batch or number of threads.
 *
 * @param moved the furthest that a probability was seen to move under such a change
 */
record Firmness(double moved) {
    /** Threads split sums in more ways than were tried. */
    private static final double SAFETY = 20;

    /** A lead below this is not firm, however little was seen to move. */
    private static final double LEAST = 1e-3;

    /** The furthest that a probability lies from its counterpart. */
    static double distance(List<Prediction> ones, List<Prediction> others) {
        double most = 0;
        for (int row = 0; row < ones.size(); row++) {
            ClassScores one = ones.get(row).scores();
            ClassScores other = others.get(row).scores();
            for (int i = 0; i < one.classes(); i++) {
                most = Math.max(most, Math.abs(one.at(i) - other.at(i)));
            }
        }
        return most;
    }

    boolean isFirm(ClassScores scores) {
        int[] top = scores.top(2);
        return scores.at(top[0]) - scores.at(top[1]) > Math.max(LEAST, SAFETY * moved);
    }
}
