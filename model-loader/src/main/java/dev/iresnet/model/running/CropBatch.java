package dev.iresnet.model.running;

import dev.iresnet.image.Preprocessing;
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
     * @param samples 1 or more, each with a crop as {@code rule} makes it
     * @return uint8 [N,H,W,3], to be closed
     */
    public static Tensor of(List<Sample> samples, Preprocessing rule) {
        if (samples.isEmpty()) {
            throw new IllegalArgumentException("a batch needs at least one crop");
        }
        for (Sample sample : samples) {
            ByteBuffer crop = sample.pixels();
            if (crop.remaining() != rule.cropBytes()) {
                throw new IllegalArgumentException(
                        "a crop must have %d bytes (%d x %d x 3), got %d"
                                .formatted(
                                        rule.cropBytes(),
                                        rule.height(),
                                        rule.width(),
                                        crop.remaining()));
            }
        }
        Tensor batch =
                Tensor.of(TUint8.class, Shape.of(samples.size(), rule.height(), rule.width(), 3));
        ByteBuffer memory = TensorMemory.of(batch);
        samples.forEach(sample -> memory.put(sample.pixels().duplicate()));
        return batch;
    }
}
