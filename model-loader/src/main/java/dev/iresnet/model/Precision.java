package dev.iresnet.model;

import java.util.Locale;
import org.tensorflow.proto.DataType;

/** In which arithmetic convolutions run. Sums, norms' statistics and outputs stay float32. */
public enum Precision {
    /** As trained. */
    FLOAT32(DataType.DT_FLOAT),
    /** 8 bits of mantissa: CPUs with AVX-512 through oneDNN. */
    BFLOAT16(DataType.DT_BFLOAT16),
    /** 11 bits of mantissa: GPUs. */
    FLOAT16(DataType.DT_HALF);

    private final DataType type;

    Precision(DataType type) {
        this.type = type;
    }

    DataType type() {
        return type;
    }

    /** As in options: {@code bfloat16}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
