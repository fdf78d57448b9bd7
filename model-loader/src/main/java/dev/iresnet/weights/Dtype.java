package dev.iresnet.weights;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** Element types that a state dict of these networks may hold, little-endian. */
enum Dtype {
    FLOAT32("FloatStorage", "F32", Float.BYTES),
    FLOAT16("HalfStorage", "F16", Short.BYTES),
    BFLOAT16("BFloat16Storage", "BF16", Short.BYTES),
    FLOAT64("DoubleStorage", "F64", Double.BYTES),
    INT64("LongStorage", "I64", Long.BYTES),
    INT32("IntStorage", "I32", Integer.BYTES),
    INT16("ShortStorage", "I16", Short.BYTES),
    INT8("CharStorage", "I8", Byte.BYTES),
    UINT8("ByteStorage", "U8", Byte.BYTES),
    BOOL("BoolStorage", "BOOL", Byte.BYTES);

    private final String torchStorage;
    private final String safetensors;
    private final int bytes;

    Dtype(String torchStorage, String safetensors, int bytes) {
        this.torchStorage = torchStorage;
        this.safetensors = safetensors;
        this.bytes = bytes;
    }

    /** Name of the storage class in module {@code torch}. */
    String torchStorage() {
        return torchStorage;
    }

    int bytes() {
        return bytes;
    }

    static Optional<Dtype> ofSafetensors(String name) {
        return Arrays.stream(values()).filter(d -> d.safetensors.equals(name)).findFirst();
    }

    /** The element at byte {@code at}, rounded to float32. */
    float decode(ByteBuffer from, int at) {
        return switch (this) {
            case FLOAT32 -> from.getFloat(at);
            case FLOAT16 -> half(from.getShort(at));
            case BFLOAT16 -> Float.intBitsToFloat(from.getShort(at) << 16);
            case FLOAT64 -> (float) from.getDouble(at);
            case INT64 -> from.getLong(at);
            case INT32 -> from.getInt(at);
            case INT16 -> from.getShort(at);
            case INT8 -> from.get(at);
            case UINT8, BOOL -> Byte.toUnsignedInt(from.get(at));
        };
    }

    /** IEEE 754 binary16; exact, since every half is a float. */
    private static float half(short bits) {
        int sign = (bits & 0x8000) << 16;
        int exponent = bits >>> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        if (exponent == 0) {
            float magnitude = fraction * 0x1p-24f;
            return sign == 0 ? magnitude : -magnitude;
        }
        // 31 marks infinity and NaN in a half, 255 in a float; finite ones are rebiased by 127 - 15
        int rebiased = exponent == 0x1f ? 0xff : exponent + 112;
        return Float.intBitsToFloat(sign | rebiased << 23 | fraction << 13);
    }
}
