package dev.iresnet.weights;

import dev.iresnet.weights.PickleValue.Callee;
import dev.iresnet.weights.PickleValue.Container;
import dev.iresnet.weights.PickleValue.Dict;
import dev.iresnet.weights.PickleValue.Opaque;
import dev.iresnet.weights.PickleValue.Sequence;
import dev.iresnet.weights.PickleValue.Storage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the tensors, dicts and lists of the pickles that {@code torch.save} writes, and nothing
 * else.
 *
 * <p>A pickle is a program. This machine knows the {@link PickleOpcode opcodes} and the globals
 * that a state dict takes; none of them runs code, opens a file or loads a class. Objects of all
 * other classes, which training scripts save beside the weights, are stepped over: an {@link
 * Opaque} with their class's name replaces them. Memory is bounded by the pickle's length and by
 * {@link PickleStack#MAX_VALUES}.
 *
 * <p>After CPython's {@code Lib/pickletools.py} and PyTorch's {@code
 * torch/_weights_only_unpickler}.
 */
final class PickleMachine {
    static final int MAX_BYTES = 1 << 26;
    static final int MAX_DEPTH = 32;
    static final int MAX_UNFOLDED = 1 << 23;

    private final PickleInput input;
    private final PickleStack stack;
    private final Map<Long, Object> memo = new HashMap<>();
    private final Map<String, Storage> storages = new HashMap<>();
    private boolean running = true;

    PickleMachine(PickleInput input) {
        this.input = input;
        this.stack = new PickleStack(input);
    }

    /** Runs one pickle, to its STOP, and returns its value. */
    Object run() {
        while (running) {
            input.beginOpcode();
            PickleOpcode.of(input.unsignedByte(), input).run(this, input);
        }
        Object result = stack.pop();
        if (stack.size() > 0) {
            throw input.refuse("STOP leaves " + stack.size() + " values behind");
        }
        return result;
    }

    /** Byte of the file behind what has been read. */
    long position() {
        return input.position();
    }

    void stop() {
        running = false;
    }

    void push(Object value) {
        stack.push(value);
    }

    void remember(long index) {
        // Picklers number their memo from 0 on (Python 2's C pickler from 1)
        if (index > memo.size() + 1L) {
            throw input.refuse(
                    "memo index %d where %d is next: a memo bomb".formatted(index, memo.size()));
        }
        memo.put(index, stack.top());
    }

    void memoize() {
        remember(memo.size());
    }

    void recall(long index) {
        Object value = memo.get(index);
        if (value == null) {
            throw input.refuse("memo index " + index + " holds nothing");
        }
        push(value);
    }

    /** A tuple of the topmost {@code count} values. */
    void tuple(int count) {
        pushTuple(stack.pop(count));
    }

    void tupleFromMark() {
        pushTuple(stack.popToMark());
    }

    private void pushTuple(List<Object> items) {
        Sequence tuple = new Sequence();
        items.forEach(tuple::add);
        push(bounded(tuple));
    }

    void append() {
        appendAll(stack.pop(1));
    }

    void appendFromMark() {
        appendAll(stack.popToMark());
    }

    private void appendAll(List<Object> items) {
        if (stack.top() instanceof Opaque) {
            return;
        }
        if (!(stack.top() instanceof Sequence list)) {
            throw input.refuse("appends to what is no list");
        }
        items.forEach(list::add);
        bounded(list);
    }

    void setItem() {
        setItems(stack.pop(2));
    }

    void setItemsFromMark() {
        setItems(stack.popToMark());
    }

    private void setItems(List<Object> items) {
        if (stack.top() instanceof Opaque) {
            return;
        }
        if (!(stack.top() instanceof Dict dict)) {
            throw input.refuse("sets items of what is no dict");
        }
        putAll(dict, items);
        bounded(dict);
    }

    private void putAll(Dict dict, List<Object> items) {
        if (items.size() % 2 != 0) {
            throw input.refuse("a dict key without a value");
        }
        for (int i = 0; i < items.size(); i += 2) {
            dict.put(items.get(i), items.get(i + 1));
        }
    }

    void global(String module, String name) {
        push(
                PickleValue.global(module + " " + name)
                        .orElseGet(() -> new Opaque(module + "." + name)));
    }

    void globalFromStack() {
        Object name = stack.pop();
        Object module = stack.pop();
        if (!(name instanceof String n) || !(module instanceof String m)) {
            throw input.refuse("names a global by something other than strings");
        }
        global(m, n);
    }

    /** What an object of any class is made by; it is not made. */
    void newObject(int arguments) {
        stack.pop(arguments);
        push(stack.pop() instanceof Opaque type ? type : new Opaque("object"));
    }

    void opaqueFromMark(String name) {
        stack.popToMark();
        push(new Opaque(name));
    }

    void drop() {
        stack.pop();
    }

    void dropToMark() {
        stack.popToMark();
    }

    /** Calls one of the {@link Callee}s, all of which only arrange what is on the stack. */
    void reduce() {
        Object arguments = stack.pop();
        Object function = stack.pop();
        push(call(function, arguments));
    }

    private Object call(Object function, Object arguments) {
        if (function instanceof Opaque) {
            return function;
        }
        if (!(function instanceof Callee callee) || !(arguments instanceof Sequence tuple)) {
            throw input.refuse("calls what is no function; nothing was run");
        }
        PickleArguments of = new PickleArguments(tuple, input);
        return switch (callee) {
            case ORDERED_DICT -> orderedDict(tuple);
            case REBUILD_TENSOR, REBUILD_TENSOR_V2 -> of.tensor();
            case REBUILD_PARAMETER, REBUILD_PARAMETER_WITH_STATE ->
                    of.at(0, PickleValue.class, "a tensor");
            // a call in a call, but never in a third: its arguments have been made
            case REBUILD_FROM_TYPE ->
                    of.at(0, Object.class, "a function") == Callee.REBUILD_FROM_TYPE
                            ? new Opaque("tensor")
                            : call(
                                    of.at(0, Object.class, "a function"),
                                    of.at(2, Object.class, "arguments"));
        };
    }

    /** {@code OrderedDict()}, or Python 2's {@code OrderedDict([[key, value], …])}. */
    private Dict orderedDict(Sequence arguments) {
        Dict dict = new Dict();
        if (!arguments.items().isEmpty()) {
            Sequence pairs = new PickleArguments(arguments, input).at(0, Sequence.class, "a list");
            for (Object pair : pairs.items()) {
                putAll(dict, pair instanceof Sequence p ? p.items() : List.of(pair));
            }
        }
        return bounded(dict);
    }

    /** {@code __setstate__}: a module's {@code _metadata} on its dict, which is not needed. */
    void build() {
        stack.pop();
        if (!(stack.top() instanceof Dict) && !(stack.top() instanceof Opaque)) {
            throw input.refuse("sets the state of what has none; nothing was run");
        }
    }

    void persistentId() {
        if (!(stack.pop() instanceof Sequence id)) {
            throw input.refuse("a storage reference that is no tuple");
        }
        PickleArguments reference = new PickleArguments(id, input);
        if (!reference.isStorage()) {
            push(new Opaque("storage"));
            return;
        }
        Storage storage = reference.storage();
        Storage known = storages.putIfAbsent(storage.key(), storage);
        if (known != null
                && (known.dtype() != storage.dtype() || known.elements() != storage.elements())) {
            throw input.refuse("storage " + storage.key() + " is named with two types or sizes");
        }
        push(storage);
    }

    /** Every storage that was referred to, by key, whether or not its tensor is of use. */
    Map<String, Storage> storages() {
        return storages;
    }

    private <C extends Container> C bounded(C container) {
        if (container.depth() > MAX_DEPTH) {
            throw input.refuse("containers nested more than " + MAX_DEPTH + " deep");
        }
        if (container.unfolded() > MAX_UNFOLDED) {
            throw input.refuse(
                    "a value that unfolds to more than " + MAX_UNFOLDED + " parts: a memo bomb");
        }
        return container;
    }
}
