package dev.iresnet.model;

import dev.iresnet.tensorflow.Kernels;
import dev.iresnet.tensorflow.TensorFlowProcess;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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

    public DataType type() {
        return type;
    }

    /**
     * Why this process cannot compute in it, in a sentence that names what is missing and the
     * option to change; empty if it can. What the CPU lacks is known from its flags; beyond that
     * TensorFlow is started and tries its kernels.
     */
    public Optional<String> refusal() {
        Optional<String> lack =
                switch (this) {
                    case FLOAT32 -> Optional.empty();
                    case BFLOAT16 -> Kernels.bfloat16Refusal();
                    case FLOAT16 ->
                            Optional.of(TensorFlowProcess.device())
                                    .filter(device -> device.startsWith("CPU"))
                                    .map(
                                            "it needs a GPU, and TensorFlow computes on %s"
                                                    ::formatted);
                };
        return lack.map(this::sentence);
    }

    private String sentence(String reason) {
        return "%s does not run on this machine: %s. Use %s (--precision, model.precision)"
                .formatted(this, reason, FLOAT32);
    }

    /** Throws a {@link ModelException} where there is a {@link #refusal}. */
    public void require() {
        refusal()
                .ifPresent(
                        sentence -> {
                            throw new ModelException(sentence);
                        });
    }

    /** The exception to throw if that shows only when a model runs. */
    public ModelException refused(String reason, @Nullable RuntimeException cause) {
        return new ModelException(sentence(reason), cause);
    }

    /** As in options: {@code bfloat16}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
