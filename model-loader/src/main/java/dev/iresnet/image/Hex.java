package dev.iresnet.image;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** Bytes as text, for messages. */
final class Hex {
    private static final HexFormat SPACED = HexFormat.ofDelimiter(" ").withUpperCase();

    private Hex() {}

    /** The first {@code count} bytes, or as many as there are. */
    static String first(ByteBuffer bytes, int count) {
        byte[] first = new byte[Math.min(count, bytes.remaining())];
        bytes.get(bytes.position(), first);
        return SPACED.formatHex(first);
    }
}
