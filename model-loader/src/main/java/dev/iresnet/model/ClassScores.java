package dev.iresnet.model;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What a classifier says of a sample.
 *
 * @param values probabilities by class index, 1 or more, each in 0..1, or NaN where the network or
 *     its input overflowed
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record ClassScores(float[] values) implements Prediction {
    public ClassScores {
        if (values.length == 0) {
            throw new IllegalArgumentException("a classifier has one class or more");
        }
    }

    /**
     * The predictions of a batch.
     *
     * @param values float32 [N,classes], row after row, from position to limit; read to the limit
     * @param classes 1 or more
     */
    public static List<Prediction> rows(FloatBuffer values, int classes) {
        if (classes < 1 || values.remaining() % classes != 0) {
            throw new IllegalArgumentException(
                    values.remaining() + " values do not make rows of " + classes);
        }
        List<Prediction> rows = new ArrayList<>(values.remaining() / classes);
        while (values.hasRemaining()) {
            float[] row = new float[classes];
            values.get(row);
            rows.add(new ClassScores(row));
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

    public int classes() {
        return values.length;
    }

    public float at(int index) {
        return values[index];
    }

    @Override
    public boolean isFinite() {
        for (float value : values) {
            if (!Float.isFinite(value)) {
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
        int[] best = new int[Math.min(count, values.length)];
        int found = 0;
        for (int i = 0; i < values.length; i++) {
            int place = found;
            while (place > 0 && values[i] > values[best[place - 1]]) {
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
