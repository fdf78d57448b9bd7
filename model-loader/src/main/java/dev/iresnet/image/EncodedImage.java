package dev.iresnet.image;

import java.nio.ByteBuffer;

/**
 * A picture as it arrived.
 *
 * @param encoding layout of {@code bytes}
 * @param width pixels; ignored for JPEG and PNG
 * @param height pixels; ignored for JPEG and PNG
 * @param bytes from position to limit; read, never changed (position and limit stay too)
 */
public record EncodedImage(Encoding encoding, int width, int height, ByteBuffer bytes) {

    /** A picture that carries its own size. */
    public static EncodedImage compressed(Encoding encoding, ByteBuffer bytes) {
        return new EncodedImage(encoding, 0, 0, bytes);
    }
}
