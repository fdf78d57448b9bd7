package dev.iresnet.weights;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes pickles opcode by opcode, sound ones and others. */
final class PickleWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    static PickleWriter protocol2() {
        return new PickleWriter().op(0x80).op(2);
    }

    PickleWriter op(int code) {
        out.write(code);
        return this;
    }

    PickleWriter raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    PickleWriter int32(int value) {
        return raw(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(0, value).array());
    }

    PickleWriter integer(long value) {
        if (value == (int) value) {
            return op('J').int32((int) value);
        }
        byte[] bytes =
                ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, value).array();
        return op(0x8a).op(8).raw(bytes);
    }

    PickleWriter string(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return op('X').int32(bytes.length).raw(bytes);
    }

    PickleWriter global(String module, String name) {
        return op('c').raw((module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
    }

    PickleWriter integers(List<Integer> values) {
        op('(');
        values.forEach(this::integer);
        return op('t');
    }

    /** {@code OrderedDict()}, called. */
    PickleWriter orderedDict() {
        return global("collections", "OrderedDict").op(')').op('R');
    }

    /** A reference to a storage; {@code view} is appended as it is. */
    PickleWriter storage(String storageClass, String key, long elements) {
        return op('(').string("storage")
                .global("torch", storageClass)
                .string(key)
                .string("cpu")
                .integer(elements)
                .op('t')
                .op('Q');
    }

    PickleWriter stop() {
        return op('.');
    }

    byte[] bytes() {
        return out.toByteArray();
    }
}
