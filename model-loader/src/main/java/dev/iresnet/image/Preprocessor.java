package dev.iresnet.image;

import java.nio.ByteBuffer;
import java.util.function.LongConsumer;

/** Decodes pictures and brings them to a network's input size. Thread-safe. */
public interface Preprocessor extends AutoCloseable {

    /**
     * Writes the crop of {@code image} into {@code crop}.
     *
     * @param crop direct, {@link Preprocessing#cropBytes()} remaining; filled from its position
     *     with uint8 [H,W,3], RGB; its position and limit stay. Undefined content after an
     *     exception.
     * @return how the crop lies in the picture
     * @throws ImageException if the picture cannot be used
     */
    CropGeometry crop(EncodedImage image, ByteBuffer crop) throws ImageException;

    /**
     * The same, and reports the work before it decodes.
     *
     * @param work called once, in the unit of {@link DecodeLimits}; not called by preprocessors
     *     that do not count work, nor for pictures that are refused
     */
    default CropGeometry crop(EncodedImage image, ByteBuffer crop, LongConsumer work)
            throws ImageException {
        return crop(image, crop);
    }

    /** The most work that a picture may take, more is refused; 0 if that is not counted. */
    default long mostWork() {
        return 0;
    }

    @Override
    void close();
}
