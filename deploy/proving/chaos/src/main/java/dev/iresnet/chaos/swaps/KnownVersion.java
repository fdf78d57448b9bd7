package dev.iresnet.chaos.swaps;

import java.nio.file.Path;

/**
 * A version as it was made.
 *
 * @param digest by which results name it
 * @param path where it lies until it is published
 * @param classes of the network
 * @param scores what it says of each picture, in the order of the folder's names
 */
@SuppressWarnings("ArrayRecordComponent") // large, never compared
record KnownVersion(String digest, Path path, int classes, float[] scores) {

    float score(int picture, int label) {
        return scores[picture * classes + label];
    }

    /**
     * The least by which the two tell pictures apart: of each picture the label that differs most.
     */
    double leastDifference(KnownVersion other) {
        double least = Double.MAX_VALUE;
        for (int picture = 0; picture < scores.length / classes; picture++) {
            double most = 0;
            for (int label = 0; label < classes; label++) {
                most =
                        Math.max(
                                most,
                                Math.abs(score(picture, label) - other.score(picture, label)));
            }
            least = Math.min(least, most);
        }
        return least;
    }
}
