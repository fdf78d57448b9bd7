package dev.iresnet.weights;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a {@link PickleMachine} makes besides strings, numbers ({@link Long}, {@link
 * java.math.BigInteger}, {@link Double}) and {@link Boolean}s.
 *
 * <p>Containers know how deep they are and how large they would be written out. Through the memo a
 * few bytes can name a value that unfolds to billions of parts; such a one is refused while it
 * grows, before anything walks over it.
 */
sealed interface PickleValue {

    /** What a pickle names as {@code "module name"}, if a state dict may. */
    static Optional<PickleValue> global(String name) {
        Stream<Callee> callees =
                Arrays.stream(Callee.values()).filter(callee -> callee.global.equals(name));
        Stream<StorageClass> storages =
                Arrays.stream(Dtype.values())
                        .filter(dtype -> name.equals("torch " + dtype.torchStorage()))
                        .map(StorageClass::new);
        return Stream.concat(callees, storages).map(PickleValue.class::cast).findFirst();
    }

    /** Python's {@code None}, and the mark on the machine's stack. */
    enum Symbol implements PickleValue {
        NONE,
        MARK
    }

    /** The functions and classes that a state dict calls, as pickles name them. */
    enum Callee implements PickleValue {
        ORDERED_DICT("collections OrderedDict"),
        REBUILD_TENSOR("torch._utils _rebuild_tensor"),
        REBUILD_TENSOR_V2("torch._utils _rebuild_tensor_v2"),
        REBUILD_PARAMETER("torch._utils _rebuild_parameter"),
        REBUILD_PARAMETER_WITH_STATE("torch._utils _rebuild_parameter_with_state"),
        /** Of a tensor that carries attributes: (function, class, arguments, attributes). */
        REBUILD_FROM_TYPE("torch._tensor _rebuild_from_type_v2");

        private final String global;

        Callee(String global) {
            this.global = global;
        }
    }

    /**
     * What is no part of a state dict: a class, a function, or what they would have made. Nothing
     * of it is kept but the name, nothing is built or run.
     *
     * @param name {@code module.name} of the class or function, or the kind of the value
     */
    record Opaque(String name) implements PickleValue {}

    /** A storage class, such as {@code torch.HalfStorage}. */
    record StorageClass(Dtype dtype) implements PickleValue {}

    /**
     * A reference to a storage that lies elsewhere in the file.
     *
     * @param elements of the whole storage
     * @param viewOffset where the part that is meant begins, in elements
     * @param viewElements of the part that is meant
     */
    record Storage(String key, Dtype dtype, long elements, long viewOffset, long viewElements)
            implements PickleValue {}

    /** A view of a storage; offset and strides in elements. */
    record Tensor(Storage storage, long offset, List<Long> sizes, List<Long> strides)
            implements PickleValue {}

    /** A tuple, a list or a dict. */
    abstract sealed class Container implements PickleValue {
        private int depth = 1;
        private long unfolded = 1;

        /** Levels of containers, itself included. */
        final int depth() {
            return depth;
        }

        /** Values in it, were every reference written out. */
        final long unfolded() {
            return unfolded;
        }

        final void account(Object part) {
            if (part instanceof Container inner) {
                depth = Math.max(depth, inner.depth + 1);
                unfolded = Math.min(Integer.MAX_VALUE, unfolded + inner.unfolded);
            } else {
                unfolded++;
            }
        }
    }

    /** A tuple or a list. */
    final class Sequence extends Container {
        private final List<Object> items = new ArrayList<>(0);

        void add(Object item) {
            account(item);
            items.add(item);
        }

        List<Object> items() {
            return items;
        }
    }

    /** A dict or an {@code OrderedDict}. */
    final class Dict extends Container {
        private final Map<Object, Object> entries = new LinkedHashMap<>(0);

        /** Keys that are neither strings nor integers name no tensors: their values are dropped. */
        void put(Object key, Object value) {
            account(value);
            if (key instanceof String || key instanceof Long) {
                entries.put(key, value);
            }
        }

        Map<Object, Object> entries() {
            return entries;
        }
    }
}
