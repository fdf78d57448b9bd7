package dev.iresnet.cli.picture;

import dev.iresnet.model.ClassScores;

/** Shows what a model says of a picture. */
interface PredictionPrinter {
    /** Prints the labels of one file. */
    void print(PictureFile file, ClassScores scores);
}
