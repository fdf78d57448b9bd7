package dev.iresnet.chaos.reference;

import dev.iresnet.model.Scores;

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
    static double distance(Scores one, Scores other) {
        double most = 0;
        for (int i = 0; i < one.values().length; i++) {
            most = Math.max(most, Math.abs(one.values()[i] - other.values()[i]));
        }
        return most;
    }

    boolean isFirm(Scores scores, int row) {
        int[] top = scores.top(row, 2);
        return scores.at(row, top[0]) - scores.at(row, top[1]) > Math.max(LEAST, SAFETY * moved);
    }
}
