package dev.iresnet.model.savedmodel;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.zip.CRC32C;

/**
 * A table of keys and values as LevelDB writes it and TensorFlow keeps it ({@code
 * tensorflow/core/lib/io/table_format.txt}): blocks, each with its sum, an index of blocks, and a
 * footer that tells where that is.
 */
final class SortedTable {
    private static final int FOOTER = 48;
    private static final int TRAILER = 5; // kind of compression, CRC-32C
    private static final long MAGIC = 0xdb4775248b80fb57L;
    private static final int CRC_MASK = 0xa282ead8;

    private final ByteBuffer bytes;

    private SortedTable(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Reads all of it.
     *
     * @return values by key, in the order of the file
     * @throws IllegalArgumentException if it is damaged
     */
    static Map<String, byte[]> read(byte[] bytes) {
        try {
            return new SortedTable(bytes).entries();
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("it breaks off within a block", e);
        }
    }

    private Map<String, byte[]> entries() {
        int end = bytes.limit();
        if (end < FOOTER || bytes.getLong(end - Long.BYTES) != MAGIC) {
            throw new IllegalArgumentException("it is not a table that is whole");
        }
        ByteBuffer footer = slice(end - FOOTER, FOOTER - Long.BYTES);
        block(footer); // of the meta-index, which TensorFlow does not use
        Map<String, byte[]> entries = new LinkedHashMap<>();
        forEach(
                block(footer),
                (lastKey, handle) ->
                        forEach(
                                block(ByteBuffer.wrap(handle)),
                                (key, value) -> {
                                    if (entries.put(key, value) != null) {
                                        throw new IllegalArgumentException(
                                                "it has two entries " + key);
                                    }
                                }));
        return entries;
    }

    /** The block that a handle, an offset and a size, points at. */
    private ByteBuffer block(ByteBuffer handle) {
        long offset = varint(handle);
        long size = varint(handle);
        long end = (long) bytes.limit() - FOOTER - TRAILER;
        if (offset < 0 || size < 0 || size > end || offset > end - size) {
            throw new IllegalArgumentException("a block lies outside, at " + offset);
        }
        int start = (int) offset;
        int length = (int) size;
        CRC32C crc = new CRC32C();
        crc.update(slice(start, length + 1));
        int masked = Integer.rotateRight((int) crc.getValue(), 15) + CRC_MASK;
        if (bytes.get(start + length) != 0 || bytes.getInt(start + length + 1) != masked) {
            throw new IllegalArgumentException(
                    "the block at %d differs from its sum".formatted(start));
        }
        return slice(start, length);
    }

    /** Keys are written without what they share with the one before. */
    private static void forEach(ByteBuffer block, BiConsumer<String, byte[]> action) {
        int restarts = block.limit() < 4 ? -1 : block.getInt(block.limit() - 4);
        if (restarts < 0 || restarts > block.limit() / 4 - 1) {
            throw new IllegalArgumentException("a block has %d restarts".formatted(restarts));
        }
        block.limit(block.limit() - 4 * (restarts + 1));
        byte[] key = {};
        while (block.hasRemaining()) {
            int shared = length(block, key.length);
            int rest = length(block, block.limit());
            int size = length(block, block.limit());
            byte[] next = Arrays.copyOf(key, shared + rest);
            block.get(next, shared, rest);
            byte[] value = new byte[Math.min(size, block.remaining() + 1)];
            block.get(value);
            action.accept(new String(next, StandardCharsets.UTF_8), value);
            key = next;
        }
    }

    private static int length(ByteBuffer block, int most) {
        long length = varint(block);
        if (length < 0 || length > most) {
            throw new IllegalArgumentException(
                    "a block has an entry of %d bytes".formatted(length));
        }
        return (int) length;
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = in.get();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number has more than ten bytes");
    }

    private ByteBuffer slice(int offset, int length) {
        return bytes.slice(offset, length).order(ByteOrder.LITTLE_ENDIAN);
    }
}
