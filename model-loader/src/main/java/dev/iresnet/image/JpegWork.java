package dev.iresnet.image;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Counts the work of decoding a JPEG. A decoder goes over all blocks of a scan's components, for
 * however few bytes: a run of 32,767 empty ones takes two.
 *
 * <p>Source: ITU-T T.81, A.1.1 and A.2 (sizes of components and their order in a scan), B.2.2 to
 * B.2.4 (segments).
 */
final class JpegWork {
    /** Of a byte: each bit may be a coefficient's. */
    static final int BYTE = 16;

    /** Of a restart interval, whether or not its marker is there. */
    static final int RESTART = 64;

    private static final int BLOCK = 8;
    private static final int FRAME_HEADER = 8;

    private final int width;
    private final int height;
    private final List<Component> components = new ArrayList<>();
    private int widest = 1;
    private int tallest = 1;
    private long units;

    /**
     * A picture without scans.
     *
     * @param segment of the frame header, from its length on
     */
    JpegWork(ByteBuffer segment, int width, int height) {
        this.width = width;
        this.height = height;
        this.units = DecodeLimits.FIXED + 3L * width * height;
        int end = Math.min(segment.limit(), FRAME_HEADER + 3 * segment.get(FRAME_HEADER - 1));
        for (int at = FRAME_HEADER; at + 3 <= end; at += 3) {
            int sampling = segment.get(at + 1) & 0xFF;
            // a decoder refuses 0
            Component component =
                    new Component(
                            segment.get(at),
                            Math.max(1, sampling >> 4),
                            Math.max(1, sampling & 0x0F));
            components.add(component);
            widest = Math.max(widest, component.across);
            tallest = Math.max(tallest, component.down);
        }
    }

    /**
     * Adds a scan.
     *
     * @param segment of the scan header, from its length on
     * @param restartInterval in units of the scan; 0 for none
     */
    void scan(ByteBuffer segment, int restartInterval) {
        List<Component> scanned = scanned(segment);
        Component only = scanned.size() == 1 ? scanned.get(0) : null;
        long across = blocks(width, only == null ? 1 : only.across, widest);
        long down = blocks(height, only == null ? 1 : only.down, tallest);
        long codedUnits = across * down;
        long blocksInUnit =
                only == null ? scanned.stream().mapToLong(c -> (long) c.across * c.down).sum() : 1;
        units += codedUnits * blocksInUnit * BLOCK * BLOCK;
        if (restartInterval > 0) {
            units += codedUnits / restartInterval * RESTART;
        }
    }

    /**
     * Adds the bytes of the file.
     *
     * @param searched whether we go through the compressed data, too, for its end
     */
    void bytes(int count, boolean searched) {
        units += (long) BYTE * (searched ? 3 : 1) * count;
    }

    long units() {
        return units;
    }

    /** All of them, if the header names one that is not there: a decoder refuses it. */
    private List<Component> scanned(ByteBuffer segment) {
        List<Component> found = new ArrayList<>();
        int count = segment.limit() < 3 ? 0 : segment.get(2);
        for (int at = 3; at + 2 <= segment.limit() && found.size() < count; at += 2) {
            byte id = segment.get(at);
            // of several with one id a decoder may take any
            components.stream()
                    .filter(c -> c.id == id)
                    .max(Comparator.comparingInt(c -> c.across * c.down))
                    .ifPresent(found::add);
        }
        return found.isEmpty() || found.size() != count ? components : found;
    }

    /** Blocks, or for {@code factor} 1 units of a scan of several components, along a side. */
    private static long blocks(int side, int factor, int most) {
        int covered = BLOCK * most;
        return ((long) side * factor + covered - 1) / covered;
    }

    /**
     * A component.
     *
     * @param across blocks in a unit of a scan of several components, side by side
     * @param down blocks there, one above the other
     */
    private record Component(byte id, int across, int down) {}
}
