package dev.iresnet.serving;

import dev.iresnet.model.Scores;

/** One frame's scores among its batch's. */
record Row(Scores scores, int index) {

    boolean isFinite() {
        return scores.isFinite(index);
    }

    float score(int classIndex) {
        return scores.at(index, classIndex);
    }

    /** See {@link Scores#top}. */
    int[] best(int count) {
        return scores.top(index, count);
    }
}
