package dev.iresnet.image;

import static dev.iresnet.image.ImageException.Reason.CORRUPT;
import static dev.iresnet.image.ImageException.Reason.NOT_AN_IMAGE;
import static dev.iresnet.image.ImageException.Reason.TOO_COMPLEX;
import static dev.iresnet.image.ImageException.Reason.UNSUPPORTED;
import static dev.iresnet.image.JpegMarkers.END_OF_IMAGE;
import static dev.iresnet.image.JpegMarkers.NONE;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks a JPEG from its first marker to its last, without decoding: kind, size, scans and what
 * they cost, and that it has an end. A file that breaks off would otherwise come out partly grey;
 * what follows the end is ignored (cameras pad their buffers). Where the end's marker alone is
 * missing, see {@link JpegScan}.
 *
 * <p>Source: ITU-T T.81, annex B.
 */
final class JpegHeader {
    /**
     * Whatever a file's size: what a scan costs beside its samples is not counted. Encoders write
     * about ten.
     */
    static final int MAX_SCANS = 64;

    private static final int FRAME_HEADER = 8;

    private final ByteBuffer bytes;
    private final DecodeLimits limits;
    private @Nullable JpegWork work;
    private int restartInterval;
    private int width;
    private int height;
    private int components;
    private int scans;

    private JpegHeader(ByteBuffer bytes, DecodeLimits limits) {
        this.bytes = bytes;
        this.limits = limits;
    }

    /** Walks over all markers, once. */
    static Checked check(ByteBuffer bytes, DecodeLimits limits) throws ImageException {
        return new JpegHeader(bytes, limits).check();
    }

    /**
     * A file that may be decoded.
     *
     * @param bytes from its start to its end-of-image marker, and perhaps more
     * @param work that it takes
     */
    record Checked(ByteBuffer bytes, Reduction whole, boolean cmyk, long work) {}

    private Checked check() throws ImageException {
        int start = bytes.position();
        if (bytes.remaining() < 3
                || bytes.get(start) != (byte) 0xFF
                || bytes.get(start + 1) != (byte) JpegMarkers.START_OF_IMAGE
                || bytes.get(start + 2) != (byte) 0xFF) {
            throw new ImageException(
                    NOT_AN_IMAGE,
                    "a JPEG begins with FF D8 FF, not with "
                            + Encoding.start(bytes, 3)
                            + Encoding.advice(bytes));
        }
        JpegMarkers markers = new JpegMarkers(bytes);
        int marker = markers.next();
        for (; marker != END_OF_IMAGE && marker != NONE; marker = markers.next()) {
            ByteBuffer segment = markers.segment(marker);
            if (JpegMarkers.isFrame(marker)) {
                frame(marker, segment);
            } else if (marker == JpegMarkers.START_OF_SCAN) {
                scan(segment);
            } else if (marker == JpegMarkers.RESTART_INTERVAL) {
                restartInterval = segment.limit() < 4 ? 0 : segment.getShort(2) & 0xFFFF;
            }
        }
        if (marker == END_OF_IMAGE && (work == null || scans == 0)) {
            throw new ImageException(CORRUPT, "JPEG ends before its first scan");
        }
        if (work != null) {
            work.bytes(markers.at() - start, marker == NONE);
            limits.checkWork(
                    Encoding.JPEG,
                    () -> "%dx%d pixels in %d scans".formatted(width, height, scans),
                    units());
        }
        return new Checked(
                marker == NONE ? completed() : bytes,
                Reduction.none(width, height),
                components == 4,
                units());
    }

    private ByteBuffer completed() throws ImageException {
        Optional<ByteBuffer> whole = scans == 1 ? JpegScan.complete(bytes) : Optional.empty();
        return whole.orElseThrow(
                () ->
                        new ImageException(
                                CORRUPT,
                                "JPEG breaks off after %d bytes, before its end-of-image marker"
                                        .formatted(bytes.remaining())));
    }

    private long units() {
        long once = work == null ? 0 : work.units();
        return components == 4 ? CmykJpeg.DECODINGS * once : once;
    }

    private void frame(int marker, ByteBuffer segment) throws ImageException {
        if (work != null || segment.limit() < FRAME_HEADER) {
            throw new ImageException(CORRUPT, "JPEG with a second or a broken frame header");
        }
        if (marker > 0xC2) {
            throw new ImageException(
                    UNSUPPORTED,
                    "JPEG of kind SOF%d: baseline, extended and progressive Huffman are read"
                            .formatted(marker & 0x0F));
        }
        int precision = segment.get(2) & 0xFF;
        components = segment.get(FRAME_HEADER - 1) & 0xFF;
        if (precision != 8) {
            throw new ImageException(
                    UNSUPPORTED, "JPEG of %d bits a sample: 8 are read".formatted(precision));
        }
        if (components != 1 && components != 3 && components != 4) {
            throw new ImageException(
                    UNSUPPORTED,
                    "JPEG of %d components: 1, 3 and 4 are read".formatted(components));
        }
        if (segment.limit() < FRAME_HEADER + 3 * components) {
            throw new ImageException(CORRUPT, "JPEG with a second or a broken frame header");
        }
        width = segment.getShort(5) & 0xFFFF;
        height = segment.getShort(3) & 0xFFFF;
        limits.checkSize(Encoding.JPEG, width, height);
        if (components == 4) {
            limits.checkCmyk(width, height);
        }
        work = new JpegWork(segment, width, height);
    }

    private void scan(ByteBuffer segment) throws ImageException {
        if (work == null) {
            throw new ImageException(CORRUPT, "JPEG with a scan before its frame header");
        }
        if (++scans > MAX_SCANS) {
            throw new ImageException(TOO_COMPLEX, "JPEG of more than " + MAX_SCANS + " scans");
        }
        work.scan(segment, restartInterval);
    }
}
