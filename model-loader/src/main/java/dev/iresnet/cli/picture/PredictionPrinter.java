package dev.iresnet.cli.picture;

import dev.iresnet.model.Scores;

/** Shows what a model says of a picture. */
interface PredictionPrinter {
    /**
     * Prints one file's labels.
     *
     * @param row of {@code scores} that is this file's
     */
    void print(PictureFile file, Scores scores, int row);
}
