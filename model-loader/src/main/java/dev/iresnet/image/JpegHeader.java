package dev.iresnet.image;

import static dev.iresnet.image.ImageException.Reason.CORRUPT;
import static dev.iresnet.image.ImageException.Reason.NOT_AN_IMAGE;
import static dev.iresnet.image.ImageException.Reason.TOO_COMPLEX;
import static dev.iresnet.image.ImageException.Reason.UNSUPPORTED;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Checks a JPEG from its first marker to its last, without decoding: kind, size, scans and what
 * they cost, and that it has an end. A file that breaks off would otherwise come out partly grey;
 * what follows the end is ignored (cameras pad their buffers).
 *
 * <p>Source: ITU-T T.81, annex B.
 */
final class JpegHeader {
    /**
     * Whatever a file's size: what a scan costs beside its samples is not counted. Encoders write
     * about ten.
     */
    static final int MAX_SCANS = 64;

    private static final int START_OF_IMAGE = 0xD8;
    private static final int END_OF_IMAGE = 0xD9;
    private static final int START_OF_SCAN = 0xDA;
    private static final int RESTART_INTERVAL = 0xDD;

    private static final long LOWEST_BITS = 0x0101010101010101L;
    private static final long HIGHEST_BITS = 0x8080808080808080L;

    private final ByteBuffer bytes;
    private final DecodeLimits limits;
    private int at;
    private @Nullable JpegWork work;
    private int restartInterval;
    private int width;
    private int height;
    private int scans;

    private JpegHeader(ByteBuffer bytes, DecodeLimits limits) {
        this.bytes = bytes;
        this.limits = limits;
        this.at = bytes.position();
    }

    /** Walks over all markers, once. */
    static Checked check(ByteBuffer bytes, DecodeLimits limits) throws ImageException {
        JpegHeader header = new JpegHeader(bytes, limits);
        long work = header.check();
        return new Checked(Reduction.none(header.width, header.height), work);
    }

    /**
     * A file that may be decoded.
     *
     * @param work that it takes
     */
    record Checked(Reduction whole, long work) {}

    private long check() throws ImageException {
        if (bytes.remaining() < 3 || unsigned16(at) != 0xFFD8 || unsigned8(at + 2) != 0xFF) {
            throw new ImageException(
                    NOT_AN_IMAGE,
                    "a JPEG begins with FF D8 FF, not with " + Encoding.start(bytes, 3));
        }
        at += 2;
        for (int marker = next(); marker != END_OF_IMAGE; marker = next()) {
            if (isAlone(marker)) {
                continue;
            }
            int segment = at;
            skipSegment(marker);
            if (isFrame(marker)) {
                frame(marker, segment);
            } else if (marker == START_OF_SCAN) {
                scan(segment);
            } else if (marker == RESTART_INTERVAL) {
                restartInterval = at - segment < 4 ? 0 : unsigned16(segment + 2);
            }
        }
        if (work == null || scans == 0) {
            throw new ImageException(CORRUPT, "JPEG ends before its first scan");
        }
        work.bytes(at - bytes.position());
        limits.checkWork(
                Encoding.JPEG,
                "%dx%d pixels in %d scans".formatted(width, height, scans),
                work.units());
        return work.units();
    }

    /** The next marker; compressed data before it, where FF is followed by 00, is passed over. */
    private int next() throws ImageException {
        while (true) {
            skipToMarkerByte();
            while (at < bytes.limit() && bytes.get(at) == (byte) 0xFF) {
                at++;
            }
            if (at >= bytes.limit()) {
                throw new ImageException(
                        CORRUPT,
                        "JPEG breaks off after %d bytes, before its end-of-image marker"
                                .formatted(bytes.remaining()));
            }
            int marker = unsigned8(at++);
            if (marker != 0) {
                return marker;
            }
        }
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

    /** TEM and the restart markers have no length. */
    private static boolean isAlone(int marker) {
        return marker == 0x01 || (marker >= 0xD0 && marker < START_OF_IMAGE);
    }

    /** SOF0 to SOF15; in their range DHT, JPG and DAC are something else. */
    private static boolean isFrame(int marker) {
        return (marker & 0xF0) == 0xC0 && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }

    private void skipSegment(int marker) throws ImageException {
        int left = bytes.limit() - at;
        int length = left < 2 ? 2 : unsigned16(at);
        if (marker == START_OF_IMAGE || length < 2 || length > left) {
            throw new ImageException(
                    CORRUPT,
                    "JPEG segment FF %02X at byte %d does not fit: length %d, %d bytes left"
                            .formatted(marker, at - bytes.position() - 2, length, left));
        }
        at += length;
    }

    private void frame(int marker, int segment) throws ImageException {
        if (work != null || at - segment < 8) {
            throw new ImageException(CORRUPT, "JPEG with a second or a broken frame header");
        }
        if (marker > 0xC2) {
            throw new ImageException(
                    UNSUPPORTED,
                    "JPEG of kind SOF%d: baseline, extended and progressive Huffman are read"
                            .formatted(marker & 0x0F));
        }
        int precision = unsigned8(segment + 2);
        int components = unsigned8(segment + 7);
        if (precision != 8) {
            throw new ImageException(
                    UNSUPPORTED, "JPEG of %d bits a sample: 8 are read".formatted(precision));
        }
        if (components != 1 && components != 3 && components != 4) {
            throw new ImageException(
                    UNSUPPORTED,
                    "JPEG of %d components: 1, 3 and 4 are read".formatted(components));
        }
        width = unsigned16(segment + 5);
        height = unsigned16(segment + 3);
        limits.checkSize(Encoding.JPEG, width, height);
        work = new JpegWork(bytes.slice(segment, at - segment), width, height);
    }

    private void scan(int segment) throws ImageException {
        if (work == null) {
            throw new ImageException(CORRUPT, "JPEG with a scan before its frame header");
        }
        if (++scans > MAX_SCANS) {
            throw new ImageException(TOO_COMPLEX, "JPEG of more than " + MAX_SCANS + " scans");
        }
        work.scan(bytes.slice(segment, at - segment), restartInterval);
    }

    private int unsigned8(int index) {
        return bytes.get(index) & 0xFF;
    }

    private int unsigned16(int index) {
        return unsigned8(index) << 8 | unsigned8(index + 1);
    }
}
