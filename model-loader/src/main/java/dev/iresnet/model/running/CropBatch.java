package dev.iresnet.model.running;

import dev.iresnet.image.Preprocessing;
import dev.iresnet.model.ClipRule;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.model.Sample;
import dev.iresnet.tensorflow.TensorMemory;
import java.nio.ByteBuffer;
import java.util.List;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TUint8;

/** Crops as one tensor. */
public final class CropBatch {
    private CropBatch() {}

    /**
     * Copies crops side by side.
     *
     * @param samples 1 or more, each with a crop, or the crops of a clip's frames, as the model's
     *     preprocessing makes them
     * @return uint8 [N,H,W,3], of clips [N,T,H,W,3], to be closed
     */
    public static Tensor of(List<Sample> samples, ModelDescription model) {
        if (samples.isEmpty()) {
            throw new IllegalArgumentException("a batch needs at least one crop");
        }
        for (Sample sample : samples) {
            ByteBuffer crop = sample.pixels();
            if (crop.remaining() != model.sampleBytes()) {
                throw new IllegalArgumentException(
                        "a crop must have %d bytes (%s), got %d"
                                .formatted(model.sampleBytes(), extents(model), crop.remaining()));
            }
        }
        Tensor batch = Tensor.of(TUint8.class, shape(model, samples.size()));
        ByteBuffer memory = TensorMemory.of(batch);
        samples.forEach(sample -> memory.put(sample.pixels().duplicate()));
        return batch;
    }

    /** Of a batch of so many samples. */
    static Shape shape(ModelDescription model, long count) {
        Preprocessing rule = model.preprocessing();
        return model.clip()
                .map(clip -> Shape.of(count, clip.frames(), rule.height(), rule.width(), 3))
                .orElseGet(() -> Shape.of(count, rule.height(), rule.width(), 3));
    }

    private static String extents(ModelDescription model) {
        Preprocessing rule = model.preprocessing();
        String frames = model.clip().map(ClipRule::frames).map(t -> t + " x ").orElse("");
        return "%s%d x %d x 3".formatted(frames, rule.height(), rule.width());
    }
}
