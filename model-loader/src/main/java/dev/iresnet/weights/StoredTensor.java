package dev.iresnet.weights;

import dev.iresnet.weights.MappedFile.Region;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A tensor as a view of a {@link Region}: element [i, j, …] is at {@code offset + i * strides[0] +
 * j * strides[1] + …}.
 *
 * @param key for messages
 * @param offset of the first element, in elements
 * @param strides in elements, one an axis, 0 or more
 */
record StoredTensor(
        String key,
        Region region,
        Dtype dtype,
        long offset,
        TensorShape shape,
        List<Long> strides) {

    private static final int MAX_RANK = 8;

    StoredTensor {
        strides = List.copyOf(strides);
        if (strides.size() != shape.rank()) {
            throw refuse(region, key, "has " + strides.size() + " strides for shape " + shape);
        }
        if (shape.rank() > MAX_RANK) {
            throw refuse(region, key, "has %d axes, at most %d".formatted(shape.rank(), MAX_RANK));
        }
        long stored = region.length() / dtype.bytes();
        if (shape.elements() > stored || reach(offset, shape, strides) >= stored) {
            throw refuse(
                    region,
                    key,
                    "%s at offset %d with strides %s reaches beyond its storage of %d elements"
                            .formatted(shape, offset, strides, stored));
        }
    }

    /** Row-major without gaps, as most are. */
    static StoredTensor contiguous(String key, Region region, Dtype dtype, TensorShape shape) {
        List<Long> strides = new ArrayList<>();
        long stride = 1;
        for (int axis = shape.rank() - 1; axis >= 0; axis--) {
            strides.add(stride);
            stride *= shape.dim(axis);
        }
        Collections.reverse(strides);
        return new StoredTensor(key, region, dtype, 0, shape, strides);
    }

    /** Bytes that its elements take, each counted once. */
    long bytes() {
        return (long) shape.elements() * dtype.bytes();
    }

    float[] read() {
        region.requireIntact();
        float[] values = new float[shape.elements()];
        if (values.length > 0) {
            new Copy(values).axis(0, offset);
        }
        return values;
    }

    /** Index of the last element that is touched; -1 if there is none. */
    private static long reach(long offset, TensorShape shape, List<Long> strides) {
        if (shape.elements() == 0) {
            return -1;
        }
        try {
            long last = offset;
            for (int axis = 0; axis < shape.rank(); axis++) {
                long stride = strides.get(axis);
                if (stride < 0) {
                    return Long.MAX_VALUE;
                }
                last = Math.addExact(last, Math.multiplyExact(shape.dim(axis) - 1, stride));
            }
            return offset < 0 ? Long.MAX_VALUE : last;
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE;
        }
    }

    private static CheckpointException refuse(Region region, String key, String what) {
        return region.file().refuse("tensor " + key + " in " + region.name() + ": " + what);
    }

    /** One walk over the elements, in row-major order. */
    private final class Copy {
        private final float[] values;
        private int filled;

        Copy(float[] values) {
            this.values = values;
        }

        void axis(int axis, long from) {
            int extent = axis < shape.rank() ? shape.dim(axis) : 1;
            long stride = axis < shape.rank() ? strides.get(axis) : 0;
            if (axis >= shape.rank() - 1) {
                row(from, extent, stride);
                return;
            }
            for (int i = 0; i < extent; i++) {
                axis(axis + 1, from + i * stride);
            }
        }

        private void row(long from, int extent, long stride) {
            MappedFile file = region.file();
            long position = region.position() + from * dtype.bytes();
            for (int i = 0; i < extent; i++) {
                values[filled++] = dtype.decode(file.slice(position), MappedFile.within(position));
                position += stride * dtype.bytes();
            }
        }
    }
}
