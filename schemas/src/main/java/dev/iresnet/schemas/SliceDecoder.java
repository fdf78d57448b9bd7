package dev.iresnet.schemas;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * Reads Avro's binary encoding from a part of an array, without copying {@code bytes} values: they
 * come back as buffers on the array itself. Avro's own {@code BinaryDecoder} copies them, and takes
 * the memory before it looks whether they are there.
 *
 * <p>No length is believed: each is checked against what is left before anything is allocated, and
 * all collections together may not claim more items than the input has bytes. So memory and time
 * stay proportional to the input, whatever it says. For one thread and one record.
 */
final class SliceDecoder extends Decoder {
    private final byte[] array;
    private final ByteBuffer littleEndian;
    private final int end;
    private final int maxItems;
    private int position;
    private long items;

    SliceDecoder(byte[] array, int offset, int length) {
        this.array = array;
        this.littleEndian = ByteBuffer.wrap(array).order(ByteOrder.LITTLE_ENDIAN);
        this.position = offset;
        this.end = offset + length;
        this.maxItems = length;
    }

    int remaining() {
        return end - position;
    }

    /** Moves past {@code count} bytes and returns where they began. */
    private int take(long count, String what) throws IOException {
        if (count < 0) {
            throw new IOException(what + " has the negative length " + count);
        }
        if (count > remaining()) {
            throw new EOFException(
                    what + " of " + count + " bytes, but only " + remaining() + " are left");
        }
        int start = position;
        position += (int) count;
        return start;
    }

    private int takeLengthPrefixed(String what) throws IOException {
        return take(readLong(), what);
    }

    @Override
    public void readNull() {}

    @Override
    public boolean readBoolean() throws IOException {
        byte value = array[take(1, "boolean")];
        if (value != 0 && value != 1) {
            throw new IOException("boolean of value " + value);
        }
        return value == 1;
    }

    @Override
    public int readInt() throws IOException {
        long value = readLong();
        if (value != (int) value) {
            throw new IOException("int of value " + value);
        }
        return (int) value;
    }

    @Override
    public long readLong() throws IOException {
        long zigzag = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = array[take(1, "number")];
            zigzag |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return (zigzag >>> 1) ^ -(zigzag & 1);
            }
        }
        throw new IOException("number of more than 10 bytes");
    }

    @Override
    public float readFloat() throws IOException {
        return littleEndian.getFloat(take(Float.BYTES, "float"));
    }

    @Override
    public double readDouble() throws IOException {
        return littleEndian.getDouble(take(Double.BYTES, "double"));
    }

    @Override
    public String readString() throws IOException {
        int start = takeLengthPrefixed("string");
        String value = new String(array, start, position - start, StandardCharsets.UTF_8);
        if (value.indexOf('\uFFFD') >= 0) {
            // Either the writer's own replacement character, or ours for what is not UTF-8.
            requireUtf8(ByteBuffer.wrap(array, start, position - start));
        }
        return value;
    }

    private static void requireUtf8(ByteBuffer text) throws IOException {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(text);
        } catch (CharacterCodingException e) {
            throw new IOException("string is not UTF-8", e);
        }
    }

    @Override
    public Utf8 readString(@Nullable Utf8 old) throws IOException {
        return new Utf8(readString());
    }

    @Override
    public void skipString() throws IOException {
        takeLengthPrefixed("string");
    }

    /** A buffer on the array itself, from its position to its limit. Nobody may change it. */
    @Override
    public ByteBuffer readBytes(@Nullable ByteBuffer old) throws IOException {
        int start = takeLengthPrefixed("bytes");
        return ByteBuffer.wrap(array, start, position - start);
    }

    @Override
    public void skipBytes() throws IOException {
        takeLengthPrefixed("bytes");
    }

    @Override
    public void readFixed(byte[] bytes, int start, int length) throws IOException {
        System.arraycopy(array, take(length, "fixed"), bytes, start, length);
    }

    @Override
    public void skipFixed(int length) throws IOException {
        take(length, "fixed");
    }

    @Override
    public int readEnum() throws IOException {
        return readInt();
    }

    @Override
    public int readIndex() throws IOException {
        return readInt();
    }

    @Override
    public long readArrayStart() throws IOException {
        return readBlock();
    }

    @Override
    public long arrayNext() throws IOException {
        return readBlock();
    }

    @Override
    public long skipArray() throws IOException {
        return skipBlocks();
    }

    @Override
    public long readMapStart() throws IOException {
        return readBlock();
    }

    @Override
    public long mapNext() throws IOException {
        return readBlock();
    }

    @Override
    public long skipMap() throws IOException {
        return skipBlocks();
    }

    /** Items of the next block. A negative count is followed by the block's size in bytes. */
    private long readBlock() throws IOException {
        long count = readLong();
        if (count >= 0) {
            return claim(count);
        }
        long size = readLong();
        if (size < 0 || size > remaining()) {
            throw new IOException("block of " + size + " bytes, but " + remaining() + " are left");
        }
        return claim(-count);
    }

    /** Moves past blocks that tell their size; returns the items of the first that does not. */
    private long skipBlocks() throws IOException {
        long count = readLong();
        while (count < 0) {
            take(readLong(), "block");
            count = readLong();
        }
        return claim(count);
    }

    /** Refuses more items than bytes; the negation of the smallest long is negative, too. */
    private long claim(long count) throws IOException {
        if (count < 0 || count > remaining() || items + count > maxItems) {
            throw new IOException(
                    "block of " + count + " items, but " + remaining() + " bytes are left");
        }
        items += count;
        return count;
    }
}
