package dev.iresnet.engine;

import dev.iresnet.image.Preprocessing;
import dev.iresnet.model.Detections;
import dev.iresnet.model.Detections.Box;
import dev.iresnet.model.Detections.Detection;
import dev.iresnet.model.Model;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.model.Prediction;
import dev.iresnet.model.Sample;
import dev.iresnet.model.Task;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A detector whose answer is known: its one box is around all pixels brighter than half, if there
 * are any. A crop that is bright all over makes it overflow.
 */
public final class BrightModel implements Model {
    public static final int SIDE = 300;
    public static final float SCORE = 0.75f;

    private static final int HALF = 3 * 128;

    private final ModelDescription description;

    /** For crops that a rule makes, of {@value #SIDE} pixels a side. */
    public BrightModel(Preprocessing rule) {
        this(1, rule);
    }

    BrightModel(long version, Preprocessing rule) {
        this.description =
                new ModelDescription(
                        "bright",
                        version,
                        "ab".repeat(32),
                        Task.DETECTION,
                        List.of("dark", "bright"),
                        rule);
    }

    @Override
    public ModelDescription description() {
        return description;
    }

    @Override
    public List<Prediction> predict(List<Sample> samples) {
        return samples.stream().<Prediction>map(BrightModel::detections).toList();
    }

    private static Detections detections(Sample sample) {
        int left = SIDE;
        int top = SIDE;
        int right = -1;
        int bottom = -1;
        for (int i = 0; i < SIDE * SIDE; i++) {
            if (isBright(sample.pixels(), i)) {
                left = Math.min(left, i % SIDE);
                top = Math.min(top, i / SIDE);
                right = Math.max(right, i % SIDE);
                bottom = Math.max(bottom, i / SIDE);
            }
        }
        if (right < 0) {
            return new Detections(List.of());
        }
        boolean everywhere = left + top == 0 && Math.min(right, bottom) == SIDE - 1;
        Box box = new Box(left, top, everywhere ? Float.NaN : right + 1, bottom + 1);
        return new Detections(List.of(new Detection(1, SCORE, box.inPicture(sample.geometry()))));
    }

    private static boolean isBright(ByteBuffer pixels, int i) {
        int at = pixels.position() + 3 * i;
        return Byte.toUnsignedInt(pixels.get(at))
                        + Byte.toUnsignedInt(pixels.get(at + 1))
                        + Byte.toUnsignedInt(pixels.get(at + 2))
                >= HALF;
    }

    @Override
    public void close() {}
}
