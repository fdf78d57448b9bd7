package dev.iresnet.image;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.plugins.jpeg.JPEGHuffmanTable;

/**
 * Goes through the compressed data of a JPEG that lacks its end-of-image marker, to see whether all
 * of the picture is there: cameras hand over buffers that are filled with zeros behind the last
 * block, and some leave the marker out. Only for a sequential picture in one scan; of several one
 * cannot tell whether another should follow.
 *
 * <p>Source: ITU-T T.81, A.2 (order of blocks), E.2 and F.2.2 (decoding), C (tables).
 */
final class JpegScan {
    private static final int BLOCK = 8;
    private static final int COEFFICIENTS = 64;

    private final ByteBuffer bytes;
    private final Map<Integer, Huffman> tables = standardTables();
    private int at;
    private int bits;
    private int bitsLeft;
    private boolean broken;

    private JpegScan(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    /**
     * The file with an end-of-image marker behind its last block.
     *
     * @param bytes without that marker, whose other markers have been checked
     * @return empty if a part of the picture is missing, or if that cannot be told
     */
    static Optional<ByteBuffer> complete(ByteBuffer bytes) throws ImageException {
        JpegScan scan = new JpegScan(bytes);
        if (!scan.reachesItsEnd()) {
            return Optional.empty();
        }
        int length = scan.at - bytes.position();
        ByteBuffer whole = ByteBuffer.allocate(length + 2);
        whole.put(bytes.slice(bytes.position(), length));
        return Optional.of(whole.put((byte) 0xFF).put((byte) JpegMarkers.END_OF_IMAGE).flip());
    }

    private boolean reachesItsEnd() throws ImageException {
        JpegMarkers markers = new JpegMarkers(bytes);
        ByteBuffer frame = null;
        int interval = 0;
        for (int marker = markers.next(); ; marker = markers.next()) {
            if (marker == JpegMarkers.NONE) {
                return false;
            }
            ByteBuffer segment = markers.segment(marker);
            switch (marker) {
                case JpegMarkers.HUFFMAN_TABLES -> addTables(segment);
                case JpegMarkers.RESTART_INTERVAL ->
                        interval = segment.limit() < 4 ? 0 : unsigned16(segment, 2);
                case 0xC0, 0xC1 -> frame = segment;
                case JpegMarkers.START_OF_SCAN -> {
                    at = markers.at();
                    return frame != null && holds(frame, segment, interval) && endsThere();
                }
                default -> {}
            }
        }
    }

    /** Whether nothing follows but zeros, of which none was taken for data. */
    private boolean endsThere() {
        int end = bytes.limit();
        while (end > at && bytes.get(end - 1) == 0) {
            end--;
        }
        boolean onlyZeros = end == at;
        boolean halfMarker = end == at + 1 && bytes.get(at) == (byte) 0xFF;
        boolean tookZero = bytes.get(at - 1) == 0 && bytes.get(at - 2) != (byte) 0xFF;
        return at == bytes.limit() || halfMarker || (onlyZeros && !tookZero);
    }

    /** Reads all blocks; false if some are missing or make no sense. */
    private boolean holds(ByteBuffer frame, ByteBuffer scan, int interval) {
        int count = frame.get(BLOCK - 1);
        if (scan.limit() < 3 + 2 * count || scan.get(2) != count) {
            return false;
        }
        int widest = 1;
        int tallest = 1;
        for (int i = 0; i < count; i++) {
            int sampling = frame.get(9 + 3 * i) & 0xFF;
            widest = Math.max(widest, sampling >> 4);
            tallest = Math.max(tallest, sampling & 0x0F);
        }
        List<Block> unit = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int sampling = count == 1 ? 0x11 : sampling(frame, count, scan.get(3 + 2 * i));
            Huffman dc = tables.get((scan.get(4 + 2 * i) & 0xF0) >> 4);
            Huffman ac = tables.get(0x10 | (scan.get(4 + 2 * i) & 0x0F));
            if (dc == null || ac == null || sampling == 0) {
                return false;
            }
            for (int block = 0; block < (sampling >> 4) * (sampling & 0x0F); block++) {
                unit.add(new Block(dc, ac));
            }
        }
        // one component alone has its own blocks, whatever its sampling
        int width = BLOCK * (count == 1 ? 1 : widest);
        int height = BLOCK * (count == 1 ? 1 : tallest);
        long units =
                (long) ((unsigned16(frame, 5) + width - 1) / width)
                        * ((unsigned16(frame, 3) + height - 1) / height);
        for (long done = 0; done < units && !broken; done++) {
            if (interval > 0 && done > 0 && done % interval == 0) {
                restart();
            }
            for (Block block : unit) {
                block(block);
            }
        }
        return !broken;
    }

    private static int sampling(ByteBuffer frame, int count, byte id) {
        for (int i = 0; i < count; i++) {
            if (frame.get(8 + 3 * i) == id) {
                return frame.get(9 + 3 * i) & 0xFF;
            }
        }
        return 0;
    }

    private void restart() {
        bitsLeft = 0;
        broken |=
                at + 2 > bytes.limit()
                        || bytes.get(at) != (byte) 0xFF
                        || (bytes.get(at + 1) & 0xF8) != 0xD0;
        at += 2;
    }

    private void block(Block block) {
        skip(symbol(block.dc) & 0x0F);
        for (int k = 1; k < COEFFICIENTS && !broken; k++) {
            int symbol = symbol(block.ac);
            int size = symbol & 0x0F;
            if (size == 0 && symbol != 0xF0) {
                return;
            }
            k += symbol >> 4;
            skip(size);
        }
    }

    private void skip(int count) {
        for (int i = 0; i < count && !broken; i++) {
            bit();
        }
    }

    private int symbol(Huffman table) {
        int code = 0;
        for (int length = 1; length <= Huffman.LONGEST && !broken; length++) {
            code = (code << 1) | bit();
            int index = table.offset[length] + code;
            if (code <= table.last[length] && index >= 0) {
                return table.symbols[index] & 0xFF;
            }
        }
        broken = true;
        return 0;
    }

    private int bit() {
        if (bitsLeft == 0) {
            if (at >= bytes.limit()) {
                broken = true;
                return 0;
            }
            bits = bytes.get(at++);
            bitsLeft = Byte.SIZE;
            if (bits == (byte) 0xFF) {
                broken |= at >= bytes.limit() || bytes.get(at) != 0;
                at++;
            }
        }
        bitsLeft--;
        return (bits >> bitsLeft) & 1;
    }

    private void addTables(ByteBuffer segment) {
        int from = 2;
        while (from + 1 + Huffman.LONGEST <= segment.limit()) {
            int id = segment.get(from++);
            byte[] lengths = new byte[Huffman.LONGEST + 1];
            int total = 0;
            for (int length = 1; length <= Huffman.LONGEST; length++) {
                lengths[length] = segment.get(from++);
                total += lengths[length] & 0xFF;
            }
            if (from + total > segment.limit()) {
                tables.remove(id);
                return;
            }
            byte[] symbols = new byte[total];
            segment.get(from, symbols);
            tables.put(id, new Huffman(lengths, symbols));
            from += total;
        }
    }

    /** Cameras that send MJPEG leave them out. */
    private static Map<Integer, Huffman> standardTables() {
        Map<Integer, Huffman> tables = new HashMap<>();
        tables.put(0x00, Huffman.of(JPEGHuffmanTable.StdDCLuminance));
        tables.put(0x01, Huffman.of(JPEGHuffmanTable.StdDCChrominance));
        tables.put(0x10, Huffman.of(JPEGHuffmanTable.StdACLuminance));
        tables.put(0x11, Huffman.of(JPEGHuffmanTable.StdACChrominance));
        return tables;
    }

    private static int unsigned16(ByteBuffer bytes, int index) {
        return bytes.getShort(index) & 0xFFFF;
    }

    private record Block(Huffman dc, Huffman ac) {}

    /** Codes of 1 to 16 bits, which count upwards. */
    private static final class Huffman {
        static final int LONGEST = 16;

        /** By length: the last code, or -1; and what to add to a code to get its symbol's index. */
        final int[] last = new int[LONGEST + 1];

        final int[] offset = new int[LONGEST + 1];
        final byte[] symbols;

        Huffman(byte[] lengths, byte[] symbols) {
            this.symbols = symbols;
            int code = 0;
            int index = 0;
            for (int length = 1; length <= LONGEST; length++) {
                int count = lengths[length] & 0xFF;
                offset[length] = index - code;
                last[length] = count == 0 ? -1 : code + count - 1;
                code = (code + count) << 1;
                index += count;
            }
        }

        static Huffman of(JPEGHuffmanTable table) {
            byte[] lengths = new byte[LONGEST + 1];
            for (int i = 0; i < table.getLengths().length; i++) {
                lengths[i + 1] = (byte) table.getLengths()[i];
            }
            byte[] symbols = new byte[table.getValues().length];
            for (int i = 0; i < symbols.length; i++) {
                symbols[i] = (byte) table.getValues()[i];
            }
            return new Huffman(lengths, symbols);
        }
    }
}
