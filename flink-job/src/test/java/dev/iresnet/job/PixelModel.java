package dev.iresnet.job;

import dev.iresnet.image.Preprocessing;
import dev.iresnet.model.ClassScores;
import dev.iresnet.model.Model;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.model.Prediction;
import dev.iresnet.model.Sample;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;

/** Labels a crop with the red of its first pixel. May be held, and lets frames pass by number. */
final class PixelModel implements Model {
    static final int SIDE = 4;
    static final int CLASSES = 10;

    private static final int OPEN = Integer.MAX_VALUE / 2;

    private final Semaphore gate = new Semaphore(OPEN);

    /** From now on only frames that {@link #letPass} counts get through. */
    void hold() {
        gate.drainPermits();
    }

    void letPass(int frames) {
        gate.release(frames);
    }

    void open() {
        gate.release(OPEN);
    }

    @Override
    public ModelDescription description() {
        return new ModelDescription(
                "pixel",
                1,
                "ab".repeat(32),
                IntStream.range(0, CLASSES).mapToObj(i -> "class-" + i).toList(),
                new Preprocessing(
                        SIDE,
                        SIDE,
                        Preprocessing.Resize.STRETCH,
                        SIDE,
                        List.of(0f, 0f, 0f),
                        List.of(1f, 1f, 1f)));
    }

    @Override
    public List<Prediction> predict(List<Sample> crops) {
        gate.acquireUninterruptibly(crops.size());
        float[] scores = new float[crops.size() * CLASSES];
        for (int row = 0; row < crops.size(); row++) {
            ByteBuffer crop = crops.get(row).pixels();
            scores[row * CLASSES + Byte.toUnsignedInt(crop.get(crop.position())) % CLASSES] = 1;
        }
        return ClassScores.rows(scores, CLASSES);
    }

    /** It lives on with its test: engines come and go. */
    @Override
    public void close() {}
}
