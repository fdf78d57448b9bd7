package dev.iresnet.engine;

import dev.iresnet.model.Scores;

/** One frame's scores among its batch's. */
public record Row(Scores scores, int index) {

    public boolean isFinite() {
        return scores.isFinite(index);
    }

    public float score(int classIndex) {
        return scores.at(index, classIndex);
    }

    /** See {@link Scores#top}. */
    public int[] best(int count) {
        return scores.top(index, count);
    }
}
