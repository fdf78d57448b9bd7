package dev.iresnet.image;

import java.nio.ByteBuffer;
import java.util.function.LongConsumer;

/** Decodes pictures and brings them to a network's input size. Thread-safe. */
public interface Cropper extends AutoCloseable {

    /**
     * Writes the crop of {@code image} into {@code crop}.
     *
     * @param crop direct, {@link Preprocessing#cropBytes()} remaining; filled from its position
     *     with uint8 [H,W,3], RGB; its position and limit stay. Undefined content after an
     *     exception.
     * @throws ImageException if the picture is at fault
     */
    void crop(EncodedImage image, ByteBuffer crop) throws ImageException;

    /**
     * The same, telling what it will take before it decodes.
     *
     * @param work told once, in the unit of {@link DecodeLimits}, or not at all: by croppers that
     *     do not count, and of pictures that are refused
     */
    default void crop(EncodedImage image, ByteBuffer crop, LongConsumer work)
            throws ImageException {
        crop(image, crop);
    }

    /** The most work that a picture may take, more is refused; 0 if that is not counted. */
    default long mostWork() {
        return 0;
    }

    @Override
    void close();
}
