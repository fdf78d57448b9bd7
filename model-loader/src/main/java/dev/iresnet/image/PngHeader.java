package dev.iresnet.image;

import static dev.iresnet.image.ImageException.Reason.CORRUPT;
import static dev.iresnet.image.ImageException.Reason.NOT_AN_IMAGE;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * Checks a PNG's size and walks over its chunks, without decoding. Checksums are left to the
 * decoder, but for those of pixel data: where they unpack to their end, their own checksum was
 * right, and a wrong one around them or a missing end chunk does not matter.
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
        this.essential = new byte[bytes.limit() + CHUNK_OVERHEAD];
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
        return Reduction.none(Math.toIntExact(pixels.width()), Math.toIntExact(pixels.height()));
    }

    private static PngPixels pixels(ByteBuffer bytes, DecodeLimits limits) throws ImageException {
        if (bytes.limit() < SIGNATURE_BYTES || bytes.getLong(0) != SIGNATURE) {
            throw new ImageException(
                    NOT_AN_IMAGE,
                    "a PNG begins with 89 50 4E 47 0D 0A 1A 0A, not with "
                            + Encoding.start(bytes, 8)
                            + Encoding.advice(bytes));
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
                Encoding.PNG,
                () -> "%dx%d pixels".formatted(width, height),
                pixels.work(bytes.limit()));
        return pixels;
    }

    private byte[] essential() throws ImageException {
        keep(0, SIGNATURE_BYTES);
        boolean hasPixels = false;
        boolean ended = false;
        boolean complete;
        try (PngPixels.Unpacked unpacked = pixels.unpack()) {
            for (int at = SIGNATURE_BYTES; !ended && fits(at); ) {
                int data = bytes.getInt(at);
                int type = bytes.getInt(at + 4);
                ended = type == IEND;
                if (type == IDAT) {
                    hasPixels = true;
                    unpacked.add(bytes.slice(at + 8, data));
                }
                if (!ended && ((type & ANCILLARY) == 0 || type == TRNS)) {
                    keep(at, data + CHUNK_OVERHEAD);
                }
                at += data + CHUNK_OVERHEAD;
            }
            complete = unpacked.isComplete();
        }
        if (!ended && !complete) {
            throw new ImageException(
                    CORRUPT,
                    "PNG breaks off after %d bytes, before its end chunk (IEND)"
                            .formatted(bytes.limit()));
        }
        if (!hasPixels) {
            throw new ImageException(CORRUPT, "PNG without a pixel chunk (IDAT)");
        }
        if (complete) {
            mendSums();
        }
        addChunk(IEND);
        return length == essential.length ? essential : Arrays.copyOf(essential, length);
    }

    private boolean fits(int at) {
        int left = bytes.limit() - at;
        return left >= CHUNK_OVERHEAD
                && Integer.toUnsignedLong(bytes.getInt(at)) <= left - CHUNK_OVERHEAD;
    }

    /** Of the chunks of pixels that were kept. */
    private void mendSums() {
        ByteBuffer kept = ByteBuffer.wrap(essential, 0, length);
        for (int at = SIGNATURE_BYTES; at < length; at += kept.getInt(at) + CHUNK_OVERHEAD) {
            if (kept.getInt(at + 4) == IDAT) {
                putSum(kept, at);
            }
        }
    }

    /** Without data. */
    private void addChunk(int type) {
        ByteBuffer chunk = ByteBuffer.wrap(essential).putInt(length, 0).putInt(length + 4, type);
        putSum(chunk, length);
        length += CHUNK_OVERHEAD;
    }

    private static void putSum(ByteBuffer chunks, int at) {
        int data = chunks.getInt(at);
        CRC32 sum = new CRC32();
        sum.update(chunks.slice(at + 4, data + 4));
        chunks.putInt(at + 8 + data, (int) sum.getValue());
    }

    private void keep(int at, int count) {
        bytes.get(at, essential, length, count);
        length += count;
    }
}
