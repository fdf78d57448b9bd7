package dev.iresnet.image;

import static dev.iresnet.image.ImageException.Reason.CORRUPT;
import static dev.iresnet.image.ImageException.Reason.NOT_AN_IMAGE;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Checks a PNG's size and walks over its chunks, without decoding. Checksums are left to the
 * decoder.
 *
 * <p>Source: PNG specification, third edition, chapters 5 and 11.
 */
final class PngHeader {
    private static final long SIGNATURE = 0x89504E47_0D0A1A0AL;
    private static final int SIGNATURE_BYTES = 8;
    private static final int IHDR = 0x49484452;
    private static final int IDAT = 0x49444154;
    private static final int IEND = 0x49454E44;
    private static final int TRNS = 0x74524E53;

    /** In a chunk's type: whether a picture can be shown without it. */
    private static final int ANCILLARY = 0x2000_0000;

    /** Length, type and checksum. */
    private static final int CHUNK_OVERHEAD = 12;

    private final ByteBuffer bytes;
    private final PngPixels pixels;
    private final byte[] essential;
    private int length;

    private PngHeader(ByteBuffer bytes, PngPixels pixels) {
        this.bytes = bytes;
        this.pixels = pixels;
        this.essential = new byte[bytes.limit()];
    }

    /**
     * Checks everything that can be checked without decoding.
     *
     * @return the file without what pixels do not depend on: text and colour profiles are
     *     compressed, and a decoder would unpack up to a thousand times their size for nothing
     */
    static byte[] essential(ByteBuffer file, DecodeLimits limits) throws ImageException {
        ByteBuffer bytes = file.slice().order(ByteOrder.BIG_ENDIAN);
        return new PngHeader(bytes, pixels(bytes, limits)).essential();
    }

    /** What decoding takes, by the header alone; checks it, too. */
    static long work(ByteBuffer file, DecodeLimits limits) throws ImageException {
        return pixels(file.slice().order(ByteOrder.BIG_ENDIAN), limits).work(file.remaining());
    }

    /** Width and height, by the header alone; checks it, too. */
    static Reduction size(ByteBuffer file, DecodeLimits limits) throws ImageException {
        PngPixels pixels = pixels(file.slice().order(ByteOrder.BIG_ENDIAN), limits);
        return Reduction.none(
                Math.toIntExact(pixels.width()), Math.toIntExact(pixels.height()));
    }

    private static PngPixels pixels(ByteBuffer bytes, DecodeLimits limits) throws ImageException {
        if (bytes.limit() < SIGNATURE_BYTES || bytes.getLong(0) != SIGNATURE) {
            throw new ImageException(
                    NOT_AN_IMAGE,
                    "a PNG begins with 89 50 4E 47 0D 0A 1A 0A, not with "
                            + Encoding.start(bytes, 8));
        }
        if (bytes.limit() < 33 || bytes.getInt(8) != 13 || bytes.getInt(12) != IHDR) {
            throw new ImageException(CORRUPT, "PNG does not begin with a header chunk (IHDR)");
        }
        long width = Integer.toUnsignedLong(bytes.getInt(16));
        long height = Integer.toUnsignedLong(bytes.getInt(20));
        limits.checkSize(Encoding.PNG, width, height);
        PngPixels pixels =
                new PngPixels(width, height, bytes.get(24), bytes.get(25), bytes.get(28) != 0);
        limits.checkWork(
                Encoding.PNG, "%dx%d pixels".formatted(width, height), pixels.work(bytes.limit()));
        return pixels;
    }

    private byte[] essential() throws ImageException {
        keep(0, SIGNATURE_BYTES);
        boolean hasPixels = false;
        int type = IHDR;
        try (PngPixels.Unpacked unpacked = pixels.unpack()) {
            for (int at = SIGNATURE_BYTES; type != IEND; ) {
                int data = dataLength(at);
                type = bytes.getInt(at + 4);
                if (type == IDAT) {
                    hasPixels = true;
                    unpacked.add(bytes.slice(at + 8, data));
                }
                if ((type & ANCILLARY) == 0 || type == TRNS) {
                    keep(at, data + CHUNK_OVERHEAD);
                }
                at += data + CHUNK_OVERHEAD;
            }
        }
        if (!hasPixels) {
            throw new ImageException(CORRUPT, "PNG without a pixel chunk (IDAT)");
        }
        return length == essential.length ? essential : Arrays.copyOf(essential, length);
    }

    private int dataLength(int at) throws ImageException {
        int left = bytes.limit() - at;
        long data = left < CHUNK_OVERHEAD ? 0 : Integer.toUnsignedLong(bytes.getInt(at));
        if (left < CHUNK_OVERHEAD || data > left - CHUNK_OVERHEAD) {
            throw new ImageException(
                    CORRUPT,
                    "PNG breaks off after %d bytes, before its end chunk (IEND)"
                            .formatted(bytes.limit()));
        }
        return (int) data;
    }

    private void keep(int at, int count) {
        bytes.get(at, essential, length, count);
        length += count;
    }
}
