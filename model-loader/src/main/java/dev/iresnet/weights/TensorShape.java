package dev.iresnet.weights;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Extents of a tensor, outermost first; a scalar has none.
 *
 * @param dims each 0 or more; their product is at most 2^31 - 1
 */
public record TensorShape(List<Integer> dims) {

    public TensorShape {
        dims = List.copyOf(dims);
        long elements = 1;
        for (int dim : dims) {
            if (dim < 0) {
                throw new IllegalArgumentException("extents must be 0 or more, got " + dims);
            }
            elements *= dim;
            if (elements > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("more than 2^31 - 1 elements: " + dims);
            }
        }
    }

    public static TensorShape of(int... dims) {
        return new TensorShape(Arrays.stream(dims).boxed().toList());
    }

    public int rank() {
        return dims.size();
    }

    public int dim(int axis) {
        return dims.get(axis);
    }

    /** Product of the extents; 1 for a scalar. */
    public int elements() {
        return dims.stream().reduce(1, (a, b) -> a * b);
    }

    /** As {@code [64, 3, 7, 7]}. */
    @Override
    public String toString() {
        return dims.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
    }
}
