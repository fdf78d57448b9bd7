package dev.iresnet.image;

import static dev.iresnet.image.ImageException.Reason.CORRUPT;
import static dev.iresnet.image.ImageException.Reason.NOT_AN_IMAGE;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Checks a PNG's size and walks over its chunks, without decoding. Checksums are left to the
 * decoder.
 *
 * <p>Source: PNG specification, third edition, chapters 5 and 11.
 */
final class PngHeader {
    private static final long SIGNATURE = 0x89504E47_0D0A1A0AL;
    private static final int IHDR = 0x49484452;
    private static final int IDAT = 0x49444154;
    private static final int IEND = 0x49454E44;

    /** Length, type and checksum. */
    private static final int CHUNK_OVERHEAD = 12;

    private final ByteBuffer bytes;

    private PngHeader(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    static void check(ByteBuffer bytes, DecodeLimits limits) throws ImageException {
        PngHeader header = new PngHeader(bytes.slice().order(ByteOrder.BIG_ENDIAN));
        header.checkSize(limits);
        header.checkChunks();
    }

    private void checkSize(DecodeLimits limits) throws ImageException {
        if (bytes.limit() < 8 || bytes.getLong(0) != SIGNATURE) {
            throw new ImageException(
                    NOT_AN_IMAGE,
                    "a PNG begins with 89 50 4E 47 0D 0A 1A 0A, not with " + Hex.first(bytes, 8));
        }
        if (bytes.limit() < 33 || bytes.getInt(8) != 13 || bytes.getInt(12) != IHDR) {
            throw new ImageException(CORRUPT, "PNG does not begin with a header chunk (IHDR)");
        }
        limits.checkSize(
                Encoding.PNG,
                Integer.toUnsignedLong(bytes.getInt(16)),
                Integer.toUnsignedLong(bytes.getInt(20)));
    }

    private void checkChunks() throws ImageException {
        boolean pixels = false;
        int type = IHDR;
        for (int at = 8; type != IEND; ) {
            int left = bytes.limit() - at;
            long length = left < CHUNK_OVERHEAD ? 0 : Integer.toUnsignedLong(bytes.getInt(at));
            if (left < CHUNK_OVERHEAD || length > left - CHUNK_OVERHEAD) {
                throw new ImageException(
                        CORRUPT,
                        "PNG breaks off after %d bytes, before its end chunk (IEND)"
                                .formatted(bytes.limit()));
            }
            type = bytes.getInt(at + 4);
            pixels |= type == IDAT;
            at += CHUNK_OVERHEAD + (int) length;
        }
        if (!pixels) {
            throw new ImageException(CORRUPT, "PNG without a pixel chunk (IDAT)");
        }
    }
}
