package dev.iresnet.event;

import dev.iresnet.image.EncodedImage;
import dev.iresnet.image.Encoding;
import java.nio.ByteBuffer;

/** A frame's picture, or where it is. */
public sealed interface Picture {

    /**
     * The event has it.
     *
     * @param image a slice of the record's value; not yet looked into
     */
    record Carried(EncodedImage image) implements Picture {}

    /**
     * It is kept elsewhere, at a place that this job may read (claim check).
     *
     * @param encoding of the bytes
     * @param width pixels; for raw layouts
     * @param height pixels; for raw layouts
     * @param uri where
     * @param size bytes that the event says it has, 1 or more, and not more than is decoded
     * @param sha256 that the event says it has, 64 lower-case hex digits
     */
    record Referred(Encoding encoding, int width, int height, ImageUri uri, int size, String sha256)
            implements Picture {

        /** The picture, now that its bytes are here. */
        public EncodedImage image(ByteBuffer bytes) {
            return new EncodedImage(encoding, width, height, bytes);
        }
    }
}
