package dev.iresnet.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * What a classifier says of a sample: probabilities by class index, each in 0..1, or NaN where the
 * network or its input overflowed. Immutable, if nobody writes to the array that it was made of.
 */
public final class ClassScores implements Prediction {
    private final float[] batch;
    private final int from;
    private final int classes;

    /** Of a sample alone: its values, 1 or more. They are not copied. */
    public ClassScores(float[] values) {
        this(values, 0, values.length);
    }

    private ClassScores(float[] batch, int from, int classes) {
        if (classes < 1) {
            throw new IllegalArgumentException("a classifier has one class or more");
        }
        this.batch = batch;
        this.from = from;
        this.classes = classes;
    }

    /**
     * The predictions of a batch. They share its array: a copy for each sample would cost as much
     * memory again.
     *
     * @param values float32 [N,classes], row after row; not copied
     * @param classes 1 or more
     */
    public static List<Prediction> rows(float[] values, int classes) {
        if (classes < 1 || values.length % classes != 0) {
            throw new IllegalArgumentException(
                    values.length + " values do not make rows of " + classes);
        }
        List<Prediction> rows = new ArrayList<>(values.length / classes);
        for (int from = 0; from < values.length; from += classes) {
            rows.add(new ClassScores(values, from, classes));
        }
        return rows;
    }

    /** The mean of what a classifier says of a video's clips, 1 or more. */
    public static ClassScores mean(List<Prediction> clips) {
        double[] sums = new double[clips.get(0).scores().classes()];
        for (Prediction clip : clips) {
            for (int i = 0; i < sums.length; i++) {
                sums[i] += clip.scores().at(i);
            }
        }
        float[] mean = new float[sums.length];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = (float) (sums[i] / clips.size());
        }
        return new ClassScores(mean);
    }

    /** How many classes the classifier tells apart. */
    public int classes() {
        return classes;
    }

    /** The value of a class, 0..{@link #classes} - 1. */
    public float at(int index) {
        return batch[from + Objects.checkIndex(index, classes)];
    }

    /** A copy of all values, by class index. */
    public float[] values() {
        return Arrays.copyOfRange(batch, from, from + classes);
    }

    @Override
    public boolean isFinite() {
        for (int i = 0; i < classes; i++) {
            if (!Float.isFinite(at(i))) {
                return false;
            }
        }
        return true;
    }

    /**
     * The classes with the highest values, best first; of equal ones the lower index is the better.
     *
     * @param count 1 or more; all classes if there are fewer
     * @return class indices
     */
    public int[] top(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("count must be 1 or more, got " + count);
        }
        int[] best = new int[Math.min(count, classes)];
        int found = 0;
        for (int i = 0; i < classes; i++) {
            int place = found;
            while (place > 0 && at(i) > at(best[place - 1])) {
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
