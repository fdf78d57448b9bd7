package dev.iresnet.image;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * Arrays that JPEG files are copied into for the decoder, used again for the next file: the heap
 * would otherwise see each picture twice. They are longer than the file; the rest is end-of-image
 * markers, which is what decoders put behind a file themselves.
 *
 * <p>Not thread-safe. Keeps 2 MB at most.
 */
final class JpegScratch {
    private static final int LEAST_BITS = 15;

    /** Larger files get an array of their own. */
    private static final int MOST_BITS = 20;

    private final Map<Integer, byte[]> byBits = new HashMap<>();

    /**
     * A copy from position to limit, which stay. The next call may overwrite it.
     *
     * @param file not empty
     */
    byte[] copy(ByteBuffer file) {
        int size = file.remaining();
        byte[] copy = array(size);
        file.get(file.position(), copy, 0, size);
        for (int at = size; at < copy.length; at++) {
            copy[at] = (byte) ((at - size) % 2 == 0 ? 0xFF : 0xD9);
        }
        return copy;
    }

    private byte[] array(int size) {
        int bits = Math.max(LEAST_BITS, Integer.SIZE - Integer.numberOfLeadingZeros(size - 1));
        if (bits > MOST_BITS) {
            return new byte[size];
        }
        return byBits.computeIfAbsent(bits, b -> new byte[1 << b]);
    }
}
