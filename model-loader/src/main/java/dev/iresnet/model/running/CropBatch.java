package dev.iresnet.model.running;

import dev.iresnet.image.Preprocessing;
import dev.iresnet.tensorflow.TensorMemory;

import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TUint8;

import java.nio.ByteBuffer;
import java.util.List;

/** Crops as one tensor. */
public final class CropBatch {
    private CropBatch() {}

    /**
     * Copies crops side by side.
     *
     * @param crops 1 or more, each as {@code rule} makes them; positions and limits stay
     * @return uint8 [N,H,W,3], to be closed
     */
    public static Tensor of(List<ByteBuffer> crops, Preprocessing rule) {
        if (crops.isEmpty()) {
            throw new IllegalArgumentException("a batch needs at least one crop");
        }
        for (ByteBuffer crop : crops) {
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
                Tensor.of(TUint8.class, Shape.of(crops.size(), rule.height(), rule.width(), 3));
        ByteBuffer memory = TensorMemory.of(batch);
        crops.forEach(crop -> memory.put(crop.duplicate()));
        return batch;
    }
}
