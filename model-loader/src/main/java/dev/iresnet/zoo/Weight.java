package dev.iresnet.zoo;

import java.util.List;

/**
 * An array that a network needs.
 *
 * @param key in the authors' scheme, for example {@code layer1.0.conv1.weight}
 * @param shape in PyTorch's layout: convolutions are (out, in/groups, [t,] k, k), dense (out, in)
 * @param trained false for a norm's running statistics, which do not count as parameters
 */
public record Weight(String key, List<Integer> shape, boolean trained) {
    public Weight {
        shape = List.copyOf(shape);
    }

    /** Values in it. */
    public long size() {
        return shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    }
}
