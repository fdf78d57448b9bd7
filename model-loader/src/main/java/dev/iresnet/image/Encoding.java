package dev.iresnet.image;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;

/** How the bytes of a picture are laid out. */
public enum Encoding {
    /** Baseline or progressive JPEG; size is read from the file. */
    JPEG,
    /** PNG of any colour type; size is read from the file, alpha is dropped. */
    PNG,
    /** Raw, 3 bytes a pixel, rows without padding. */
    RGB,
    /** Raw, 3 bytes a pixel, rows without padding. */
    BGR,
    /** Raw, 1 byte a pixel, rows without padding. */
    GRAY,
    /** Raw YUV 4:2:0, a plane of Y, then one of interleaved U and V; even sides. */
    NV12,
    /** Raw YUV 4:2:0, planes of Y, U and V; even sides. */
    I420;

    private static final byte[] JPEG_START = HexFormat.of().parseHex("ffd8ff");
    private static final byte[] PNG_START = HexFormat.of().parseHex("89504e470d0a1a0a");

    /** The encoding that these bytes, from position to limit, begin as; empty if none is known. */
    public static Optional<Encoding> recognise(ByteBuffer bytes) {
        if (startsWith(bytes, JPEG_START)) {
            return Optional.of(JPEG);
        }
        return startsWith(bytes, PNG_START) ? Optional.of(PNG) : Optional.empty();
    }

    private static boolean startsWith(ByteBuffer bytes, byte[] start) {
        return bytes.remaining() >= start.length
                && bytes.slice(bytes.position(), start.length).equals(ByteBuffer.wrap(start));
    }

    /** The first {@code count} bytes, or as many as there are, as text for messages. */
    static String start(ByteBuffer bytes, int count) {
        byte[] first = new byte[Math.min(count, bytes.remaining())];
        bytes.get(bytes.position(), first);
        return HexFormat.ofDelimiter(" ").withUpperCase().formatHex(first);
    }

    /** Whether width and height must be known from elsewhere than the bytes. */
    public boolean isRaw() {
        return this != JPEG && this != PNG;
    }
}
