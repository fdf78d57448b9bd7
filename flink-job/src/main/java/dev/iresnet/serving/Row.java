package dev.iresnet.serving;

import dev.iresnet.model.ClassScores;

/** One frame's scores. */
record Row(ClassScores scores) {

    boolean isFinite() {
        return scores.isFinite();
    }

    float score(int classIndex) {
        return scores.at(classIndex);
    }

    /** See {@link ClassScores#top}. */
    int[] best(int count) {
        return scores.top(count);
    }
}
