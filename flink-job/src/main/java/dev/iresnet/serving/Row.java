package dev.iresnet.serving;

import dev.iresnet.model.Scores;

/** One frame's scores among its batch's. */
record Row(Scores scores, int index) {

    boolean isFinite() {
        for (int i = 0; i < scores.classes(); i++) {
            if (!Float.isFinite(score(i))) {
                return false;
            }
        }
        return true;
    }

    float score(int classIndex) {
        return scores.at(index, classIndex);
    }

    /**
     * Class indices of the highest scores, best first; of equal ones the lower index first. One
     * pass with an insertion: {@code count} is small.
     *
     * @param count 1 or more; fewer come back if there are fewer classes
     */
    int[] best(int count) {
        int[] best = new int[Math.min(count, scores.classes())];
        int filled = 0;
        for (int candidate = 0; candidate < scores.classes(); candidate++) {
            int place = filled;
            while (place > 0 && score(candidate) > score(best[place - 1])) {
                place--;
            }
            if (place < best.length) {
                filled = Math.min(filled + 1, best.length);
                System.arraycopy(best, place, best, place + 1, filled - place - 1);
                best[place] = candidate;
            }
        }
        return best;
    }
}
