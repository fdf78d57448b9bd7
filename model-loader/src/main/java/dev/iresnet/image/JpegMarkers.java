package dev.iresnet.image;

import static dev.iresnet.image.ImageException.Reason.CORRUPT;

import java.nio.ByteBuffer;

/**
 * Goes from one marker of a JPEG to the next, as libjpeg does: what lies between two segments is
 * passed over, as is compressed data.
 *
 * <p>Source: ITU-T T.81, annex B.
 */
final class JpegMarkers {
    static final int HUFFMAN_TABLES = 0xC4;
    static final int START_OF_IMAGE = 0xD8;
    static final int END_OF_IMAGE = 0xD9;
    static final int START_OF_SCAN = 0xDA;
    static final int QUANTISATION_TABLES = 0xDB;
    static final int RESTART_INTERVAL = 0xDD;
    static final int ADOBE = 0xEE;

    /** Instead of a marker: the bytes are at their end. */
    static final int NONE = -1;

    private static final long LOWEST_BITS = 0x0101010101010101L;
    private static final long HIGHEST_BITS = 0x8080808080808080L;

    private final ByteBuffer bytes;
    private int at;
    private boolean scanned;

    /** Behind the start-of-image marker. */
    JpegMarkers(ByteBuffer bytes) {
        this.bytes = bytes;
        this.at = bytes.position() + 2;
    }

    /** Index in the buffer of the next byte. */
    int at() {
        return at;
    }

    /** The next marker that has a segment or is the end of the image, or {@link #NONE}. */
    int next() {
        while (true) {
            skipToMarkerByte();
            while (at < bytes.limit() && bytes.get(at) == (byte) 0xFF) {
                at++;
            }
            if (at >= bytes.limit()) {
                return NONE;
            }
            int marker = bytes.get(at++) & 0xFF;
            if (marker != 0 && !isAlone(marker)) {
                return marker;
            }
        }
    }

    /** The segment of the marker just read, from its length on; goes behind it. */
    ByteBuffer segment(int marker) throws ImageException {
        int left = bytes.limit() - at;
        int length = left < 2 ? 2 : bytes.slice(at, 2).getShort() & 0xFFFF;
        if (length < 2 && isBeside(marker) && !scanned) {
            length = 2;
        }
        scanned |= marker == START_OF_SCAN;
        if (marker == START_OF_IMAGE || length < 2 || length > left) {
            throw new ImageException(
                    CORRUPT,
                    "JPEG segment FF %02X at byte %d does not fit: length %d, %d bytes left"
                            .formatted(marker, at - bytes.position() - 2, length, left));
        }
        ByteBuffer segment = bytes.slice(at, length);
        at += length;
        return segment;
    }

    /** Eight bytes at a time: nearly all of a file is compressed data, without an FF for long. */
    private void skipToMarkerByte() {
        while (at + Long.BYTES <= bytes.limit() && !hasMarkerByte(bytes.getLong(at))) {
            at += Long.BYTES;
        }
        while (at < bytes.limit() && bytes.get(at) != (byte) 0xFF) {
            at++;
        }
    }

    /** Whether one of the eight bytes is FF: inverted, the lowest such borrows from its top bit. */
    private static boolean hasMarkerByte(long eight) {
        long inverted = ~eight;
        return (inverted - LOWEST_BITS & ~inverted & HIGHEST_BITS) != 0;
    }

    /**
     * Comments and segments of applications, whose length libjpeg takes for 2 where it is less; in
     * compressed data that is damage.
     */
    private static boolean isBeside(int marker) {
        return (marker & 0xF0) == 0xE0 || marker == 0xFE;
    }

    /** TEM and the restart markers have no length. */
    private static boolean isAlone(int marker) {
        return marker == 0x01 || (marker >= 0xD0 && marker < START_OF_IMAGE);
    }

    /** SOF0 to SOF15; in their range DHT, JPG and DAC are something else. */
    static boolean isFrame(int marker) {
        return (marker & 0xF0) == 0xC0
                && marker != HUFFMAN_TABLES
                && marker != 0xC8
                && marker != 0xCC;
    }
}
