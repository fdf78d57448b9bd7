package dev.iresnet.model;

/**
 * Probabilities of a batch.
 *
 * @param classes values a row
 * @param values [rows, classes], row after row, each in 0..1, or NaN where the network or its input
 *     overflowed
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

    /** Whether no value of the row is NaN or infinite. */
    public boolean isFinite(int row) {
        for (int i = 0; i < classes; i++) {
            if (!Float.isFinite(at(row, i))) {
                return false;
            }
        }
        return true;
    }

    /**
     * The classes with the highest values of a row, best first; of equal ones the lower index is
     * the better.
     *
     * @param count 1 or more; all classes if there are fewer
     * @return class indices
     */
    public int[] top(int row, int count) {
        if (count < 1) {
            throw new IllegalArgumentException("count must be 1 or more, got " + count);
        }
        int[] best = new int[Math.min(count, classes)];
        int found = 0;
        for (int i = 0; i < classes; i++) {
            int place = found;
            while (place > 0 && at(row, i) > at(row, best[place - 1])) {
                place--;
            }
            if (place < best.length) {
                found = Math.min(found + 1, best.length);
                System.arraycopy(best, place, best, place + 1, found - place - 1);
                best[place] = i;
            }
        }
        return best;
    }
}
