package dev.iresnet.model;

/**
 * Probabilities of a batch.
 *
 * @param classes values a row
 * @param values [rows, classes], row after row, each in 0..1
 */
@SuppressWarnings("ArrayRecordComponent") // a batch's worth of floats, handed over, never compared
public record Scores(int classes, float[] values) {
    public Scores {
        if (classes < 1 || values.length % classes != 0) {
            throw new IllegalArgumentException(
                    values.length + " values do not make rows of " + classes);
        }
    }

    public int rows() {
        return values.length / classes;
    }

    public float at(int row, int index) {
        return values[row * classes + index];
    }
}
