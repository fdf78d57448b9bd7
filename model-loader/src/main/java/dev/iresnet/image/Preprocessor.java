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
     * @throws ImageException if the picture is at fault
     */
    CropGeometry crop(EncodedImage image, ByteBuffer crop) throws ImageException;

    /**
     * The same, and tells how much work it will be before it decodes.
     *
     * @param work told once, in the unit of {@link DecodeLimits}, or not at all: by preprocessors
     *     that do not count, and of pictures that are refused
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
