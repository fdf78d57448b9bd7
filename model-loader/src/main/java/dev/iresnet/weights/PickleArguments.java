package dev.iresnet.weights;

import dev.iresnet.weights.PickleValue.Opaque;
import dev.iresnet.weights.PickleValue.Sequence;
import dev.iresnet.weights.PickleValue.Storage;
import dev.iresnet.weights.PickleValue.StorageClass;
import dev.iresnet.weights.PickleValue.Symbol;
import dev.iresnet.weights.PickleValue.Tensor;
import java.util.List;

/** A tuple of arguments, checked one by one for the type that its place asks for. */
final class PickleArguments {
    private final Sequence tuple;
    private final PickleInput input;

    PickleArguments(Sequence tuple, PickleInput input) {
        this.tuple = tuple;
        this.input = input;
    }

    /** Of {@code (storage, offset, sizes, strides, …)}; what follows concerns gradients. */
    PickleValue tensor() {
        if (tuple.items().isEmpty() || tuple.items().get(0) instanceof Opaque) {
            return new Opaque("tensor");
        }
        return new Tensor(
                at(0, Storage.class, "a storage"),
                at(1, Long.class, "an offset"),
                integers(2, "sizes"),
                integers(3, "strides"));
    }

    /** Whether these refer to a storage of a type that is read; else to a module, say. */
    boolean isStorage() {
        return at(0, Object.class, "a name").equals("storage")
                && !(at(1, Object.class, "a storage class") instanceof Opaque);
    }

    /** Of {@code ("storage", class, key, device, elements[, view])}. */
    Storage storage() {
        Dtype dtype = at(1, StorageClass.class, "a storage class of torch").dtype();
        String key = at(2, String.class, "a storage key");
        long elements = at(4, Long.class, "a number of elements");
        if (tuple.items().size() <= 5 || tuple.items().get(5) == Symbol.NONE) {
            return new Storage(key, dtype, elements, 0, elements);
        }
        PickleArguments view = new PickleArguments(at(5, Sequence.class, "a storage view"), input);
        return new Storage(
                key,
                dtype,
                elements,
                view.at(1, Long.class, "a view's offset"),
                view.at(2, Long.class, "a view's size"));
    }

    <T> T at(int index, Class<T> type, String what) {
        List<Object> items = tuple.items();
        if (index >= items.size() || !type.isInstance(items.get(index))) {
            throw input.refuse("argument " + index + " is not " + what);
        }
        return type.cast(items.get(index));
    }

    private List<Long> integers(int index, String what) {
        List<Object> items = at(index, Sequence.class, what).items();
        if (!items.stream().allMatch(Long.class::isInstance)) {
            throw input.refuse("argument " + index + " holds " + what + " that are no integers");
        }
        return items.stream().map(Long.class::cast).toList();
    }
}
