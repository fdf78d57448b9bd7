package dev.iresnet.tensorflow;

import java.util.List;

/**
 * Operations that TensorFlow may, or may not, have one kernel for. That an operation is registered
 * says nothing: TensorFlow's own kernels refuse some when they run, and oneDNN's are registered
 * where they are switched off.
 */
public enum Fusion {
    CONV_BIAS("BiasAdd"),
    CONV_BIAS_RELU("BiasAdd", "Relu"),
    CONV_BIAS_SUM("BiasAdd", "Add"),
    CONV_BIAS_SUM_RELU("BiasAdd", "Add", "Relu"),
    /** All of those, of a convolution in groups. */
    GROUPED_CONV,
    /** All of those but the last, of a convolution over clips. */
    CLIP_CONV,
    NORM_RELU,
    /** A pool by the largest value that pads by itself. */
    POOL_PADDING;

    @SuppressWarnings("ImmutableEnumChecker") // it is a copy that cannot be changed
    private final List<String> operations;

    Fusion(String... operations) {
        this.operations = List.of(operations);
    }

    boolean isConv() {
        return !operations.isEmpty();
    }

    /** What follows a convolution, as the attribute {@code fused_ops} lists it. */
    public List<String> operations() {
        return operations;
    }
}
