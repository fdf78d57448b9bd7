package dev.iresnet.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A tensor to be written into a checkpoint.
 *
 * @param storage what its storage holds, of type {@code dtype}
 */
record SavedTensor(
        String key,
        Dtype dtype,
        List<Double> storage,
        int offset,
        List<Integer> sizes,
        List<Integer> strides) {

    static SavedTensor of(String key, Dtype dtype, List<Integer> sizes, double... values) {
        List<Integer> strides = new ArrayList<>();
        int stride = 1;
        for (int axis = sizes.size() - 1; axis >= 0; axis--) {
            strides.add(0, stride);
            stride *= sizes.get(axis);
        }
        List<Double> storage = Arrays.stream(values).boxed().toList();
        return new SavedTensor(key, dtype, storage, 0, sizes, strides);
    }

    byte[] bytes() {
        ByteBuffer bytes =
                ByteBuffer.allocate(storage.size() * dtype.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (double value : storage) {
            put(bytes, value);
        }
        return bytes.array();
    }

    private void put(ByteBuffer bytes, double value) {
        switch (dtype) {
            case FLOAT32 -> bytes.putFloat((float) value);
            case FLOAT64 -> bytes.putDouble(value);
            case BFLOAT16 -> bytes.putShort((short) (Float.floatToIntBits((float) value) >>> 16));
            case FLOAT16 -> bytes.putShort(half(value));
            case INT64 -> bytes.putLong((long) value);
            case INT32 -> bytes.putInt((int) value);
            case INT16 -> bytes.putShort((short) value);
            case INT8, UINT8, BOOL -> bytes.put((byte) value);
        }
    }

    /** For values that a half holds exactly. */
    static short half(double value) {
        if (value == 0) {
            return 0;
        }
        int sign = value < 0 ? 0x8000 : 0;
        double magnitude = Math.abs(value);
        int exponent = Math.getExponent(magnitude);
        if (exponent < -14) {
            return (short) (sign | (int) (magnitude * 0x1p24));
        }
        int fraction = (int) ((magnitude / Math.scalb(1.0, exponent) - 1) * 1024);
        return (short) (sign | ((exponent + 15) << 10) | fraction);
    }
}
