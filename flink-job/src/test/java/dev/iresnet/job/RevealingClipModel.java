package dev.iresnet.job;

import dev.iresnet.image.Preprocessing;
import dev.iresnet.model.ClassScores;
import dev.iresnet.model.ClipRule;
import dev.iresnet.model.Model;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.model.Prediction;
import dev.iresnet.model.Sample;
import dev.iresnet.model.Task;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;

/**
 * Takes clips of frames that are made by {@link #pixels}. The score of class i says which frame of
 * which camera is the clip's i-th; -1 if its pixels are not those of any one frame. May be held,
 * and lets clips pass by number.
 */
final class RevealingClipModel implements Model {
    static final int LENGTH = 4;
    static final int SIDE = 4;

    private static final int BYTES = SIDE * SIDE * 3;
    private static final int OPEN = Integer.MAX_VALUE / 2;

    private final Semaphore gate = new Semaphore(OPEN);

    /** Of a frame, whose camera is 0..255 and number 0..65535. */
    static byte[] pixels(int camera, int number) {
        byte[] pixels = new byte[BYTES];
        for (int i = 0; i < BYTES; i += 3) {
            pixels[i] = (byte) camera;
            pixels[i + 1] = (byte) number;
            pixels[i + 2] = (byte) (number >> 8);
        }
        return pixels;
    }

    /** The score of a frame; exact in a float. */
    static float score(int camera, int number) {
        return (camera << 16) | number;
    }

    void hold() {
        gate.drainPermits();
    }

    void letPass(int clips) {
        gate.release(clips);
    }

    void open() {
        gate.release(OPEN);
    }

    @Override
    public ModelDescription description() {
        return new ModelDescription(
                "revealing",
                1,
                "cd".repeat(32),
                Task.VIDEO_CLASSIFICATION,
                IntStream.range(0, LENGTH).mapToObj(i -> "frame-" + i).toList(),
                new Preprocessing(
                        SIDE,
                        SIDE,
                        Preprocessing.Resize.STRETCH,
                        SIDE,
                        List.of(0f, 0f, 0f),
                        List.of(1f, 1f, 1f)),
                Optional.empty(),
                Optional.of(new ClipRule(LENGTH)));
    }

    @Override
    public List<Prediction> predict(List<Sample> clips) {
        gate.acquireUninterruptibly(clips.size());
        float[] scores = new float[clips.size() * LENGTH];
        for (int row = 0; row < clips.size(); row++) {
            ByteBuffer pixels = clips.get(row).pixels();
            for (int i = 0; i < LENGTH; i++) {
                byte[] frame = new byte[BYTES];
                pixels.get(pixels.position() + i * BYTES, frame);
                scores[row * LENGTH + i] = score(frame);
            }
        }
        return ClassScores.rows(scores, LENGTH);
    }

    private static float score(byte[] frame) {
        int camera = Byte.toUnsignedInt(frame[0]);
        int number = Byte.toUnsignedInt(frame[1]) | (Byte.toUnsignedInt(frame[2]) << 8);
        return Arrays.equals(frame, pixels(camera, number)) ? score(camera, number) : -1;
    }

    /** It lives on with its test: engines come and go. */
    @Override
    public void close() {}
}
