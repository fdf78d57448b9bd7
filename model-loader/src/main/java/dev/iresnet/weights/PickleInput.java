package dev.iresnet.weights;

import dev.iresnet.weights.PickleValue.Opaque;
import java.math.BigInteger;

/** The bytes of a pickle, read forward; knows where it is for messages. */
final class PickleInput {
    static final String SAVE_STATE_DICT =
            "Save only the weights: torch.save(model.state_dict(), 'weights.pth')";

    private static final int MAX_STRING = 1 << 16;
    private static final int MAX_LINE = 256;
    private static final int MAX_INTEGER_BYTES = 16;

    private final MappedFile file;
    private final String name;
    private final long start;
    private final long limit;
    private long opcodeAt;
    private long position;

    /**
     * @param name of the pickle, for messages
     * @param start where it begins in the file
     * @param limit where it must have ended
     */
    PickleInput(MappedFile file, String name, long start, long limit) {
        this.file = file;
        this.name = name;
        this.start = start;
        this.limit = limit;
        this.opcodeAt = start;
        this.position = start;
    }

    void beginOpcode() {
        opcodeAt = position;
    }

    /** Byte of the file after what has been read. */
    long position() {
        return position;
    }

    CheckpointException refuse(String what) {
        return file.refuse("%s, byte %d: %s".formatted(name, opcodeAt - start, what));
    }

    void requireProtocol() {
        int protocol = unsignedByte();
        if (protocol < 2 || protocol > 5) {
            throw refuse("pickle protocol " + protocol + ", known are 2 to 5");
        }
    }

    int unsignedByte() {
        return file.unsignedByte(advance(Byte.BYTES));
    }

    int unsignedShort() {
        return file.unsignedShort(advance(Short.BYTES));
    }

    int int32() {
        return file.int32(advance(Integer.BYTES));
    }

    long unsignedInt() {
        return file.unsignedInt(advance(Integer.BYTES));
    }

    long int64() {
        return file.int64(advance(Long.BYTES));
    }

    double bigEndianDouble() {
        return Double.longBitsToDouble(Long.reverseBytes(int64()));
    }

    /**
     * A two's complement integer: {@link Long} if it fits, else {@link BigInteger}; one that is
     * longer than any that a state dict has is skipped.
     */
    Object integer(long bytesLong) {
        if (bytesLong > MAX_INTEGER_BYTES) {
            return skip(bytesLong, "int");
        }
        int length = (int) bytesLong;
        byte[] bytes = new byte[length + 1];
        long from = advance(length);
        for (int i = 0; i < length; i++) {
            bytes[length - i] = (byte) file.unsignedByte(from + i);
        }
        bytes[0] = (byte) (length > 0 && bytes[1] < 0 ? -1 : 0);
        BigInteger integer = new BigInteger(bytes);
        return integer.bitLength() < Long.SIZE ? (Object) integer.longValue() : integer;
    }

    /** A {@link String}; one that is longer than any key is skipped. */
    Object text(long length) {
        return length > MAX_STRING ? skip(length, "str") : file.text(advance(length), (int) length);
    }

    /** Skipped: a state dict has none. */
    Object bytes(long length) {
        return skip(length, "bytes");
    }

    private Opaque skip(long length, String kind) {
        advance(length);
        return new Opaque(kind);
    }

    /** Up to a line feed. */
    String line() {
        StringBuilder line = new StringBuilder();
        for (int c = unsignedByte(); c != '\n'; c = unsignedByte()) {
            if (line.length() == MAX_LINE) {
                throw refuse("a name of more than " + MAX_LINE + " bytes");
            }
            line.append((char) c);
        }
        return line.toString();
    }

    private long advance(long length) {
        long at = position;
        if (length < 0 || length > limit - at) {
            throw refuse("the pickle ends within this opcode: truncated or damaged");
        }
        position += length;
        return at;
    }
}
