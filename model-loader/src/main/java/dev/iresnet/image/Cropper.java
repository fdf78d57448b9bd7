package dev.iresnet.image;

import java.nio.ByteBuffer;

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

    @Override
    void close();
}
