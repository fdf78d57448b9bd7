package dev.iresnet.weights;

import dev.iresnet.weights.PickleValue.Callee;
import dev.iresnet.weights.PickleValue.Container;
import dev.iresnet.weights.PickleValue.Dict;
import dev.iresnet.weights.PickleValue.Sequence;
import dev.iresnet.weights.PickleValue.Storage;
import dev.iresnet.weights.PickleValue.StorageClass;
import dev.iresnet.weights.PickleValue.Symbol;
import dev.iresnet.weights.PickleValue.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the pickles that {@code torch.save} writes of a state dict, and nothing else.
 *
 * <p>A pickle is a program. This machine knows the {@link PickleOpcode opcodes} and the globals
 * that a state dict takes; none of them runs code, opens a file or loads a class. Anything else is
 * refused by name and position. Memory is bounded by the pickle's length and by {@link
 * #MAX_VALUES}.
 *
 * <p>After CPython's {@code Lib/pickletools.py} and PyTorch's {@code
 * torch/_weights_only_unpickler}.
 */
final class PickleMachine {
    static final int MAX_BYTES = 1 << 26;
    static final int MAX_VALUES = 1 << 21;
    static final int MAX_DEPTH = 32;
    static final int MAX_UNFOLDED = 1 << 23;

    private static final Map<String, PickleValue> GLOBALS = globals();

    private final PickleInput input;
    private final List<Object> stack = new ArrayList<>();
    private final Map<Long, Object> memo = new HashMap<>();
    private final Map<String, Storage> storages = new HashMap<>();
    private int values;
    private boolean running = true;

    PickleMachine(PickleInput input) {
        this.input = input;
    }

    private static Map<String, PickleValue> globals() {
        Map<String, PickleValue> globals = new HashMap<>();
        for (Callee callee : Callee.values()) {
            globals.put(callee.global(), callee);
        }
        for (Dtype dtype : Dtype.values()) {
            globals.put("torch " + dtype.torchStorage(), new StorageClass(dtype));
        }
        return Map.copyOf(globals);
    }

    /** Runs one pickle, to its STOP, and returns its value. */
    Object run() {
        while (running) {
            input.beginOpcode();
            PickleOpcode.of(input.unsignedByte(), input).run(this, input);
        }
        Object result = pop();
        if (!stack.isEmpty()) {
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
        if (++values > MAX_VALUES) {
            throw input.refuse("more than " + MAX_VALUES + " values: not a state dict");
        }
        stack.add(value);
    }

    Object pop() {
        Object top = top();
        if (top == Symbol.MARK) {
            throw input.refuse("takes a value where the stack has a mark");
        }
        stack.remove(stack.size() - 1);
        return top;
    }

    Object top() {
        if (stack.isEmpty()) {
            throw input.refuse("takes a value from an empty stack");
        }
        return stack.get(stack.size() - 1);
    }

    void remember(long index) {
        // Picklers number their memo from 0 on (Python 2's C pickler from 1)
        if (index > memo.size() + 1L) {
            throw input.refuse(
                    "memo index %d where %d is next: a memo bomb".formatted(index, memo.size()));
        }
        memo.put(index, top());
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
        if (count > stack.size()) {
            throw input.refuse("takes " + count + " values from a stack of " + stack.size());
        }
        pushTuple(take(stack.size() - count));
    }

    void tupleFromMark() {
        pushTuple(takeToMark());
    }

    private void pushTuple(List<Object> items) {
        Sequence tuple = new Sequence();
        items.forEach(tuple::add);
        push(bounded(tuple));
    }

    void append() {
        appendAll(List.of(pop()));
    }

    void appendFromMark() {
        appendAll(takeToMark());
    }

    private void appendAll(List<Object> items) {
        if (!(top() instanceof Sequence list)) {
            throw input.refuse("appends to what is no list");
        }
        items.forEach(list::add);
        bounded(list);
    }

    void setItem() {
        Object value = pop();
        Object key = pop();
        setItems(List.of(key, value));
    }

    void setItemsFromMark() {
        setItems(takeToMark());
    }

    private void setItems(List<Object> items) {
        if (!(top() instanceof Dict dict)) {
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
            Object key = items.get(i);
            if (!(key instanceof String) && !(key instanceof Long)) {
                throw input.refuse("a dict key that is neither a string nor an integer");
            }
            dict.put(key, items.get(i + 1));
        }
    }

    void global(String module, String name) {
        PickleValue known = GLOBALS.get(module + " " + name);
        if (known == null) {
            throw input.refuse(
                    "names %s.%s, which is no part of a state dict; nothing was run. %s"
                            .formatted(module, name, PickleInput.SAVE_STATE_DICT));
        }
        push(known);
    }

    void globalFromStack() {
        Object name = pop();
        Object module = pop();
        if (!(name instanceof String n) || !(module instanceof String m)) {
            throw input.refuse("names a global by something other than strings");
        }
        global(m, n);
    }

    /** Calls one of the {@link Callee}s, all of which only arrange what is on the stack. */
    void reduce() {
        Object arguments = pop();
        Object function = pop();
        if (!(function instanceof Callee callee) || !(arguments instanceof Sequence tuple)) {
            throw input.refuse("calls what is no function of a state dict; nothing was run");
        }
        push(
                switch (callee) {
                    case ORDERED_DICT -> orderedDict(tuple);
                    case REBUILD_TENSOR, REBUILD_TENSOR_V2 ->
                            new PickleArguments(tuple, input).tensor();
                    case REBUILD_PARAMETER, REBUILD_PARAMETER_WITH_STATE ->
                            new PickleArguments(tuple, input).at(0, Tensor.class, "a tensor");
                });
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

    /** {@code __setstate__}: only a module's {@code _metadata} on its dict, which is not needed. */
    void build() {
        pop();
        if (!(top() instanceof Dict)) {
            throw input.refuse("sets the state of what is no dict; nothing was run");
        }
    }

    void persistentId() {
        if (!(pop() instanceof Sequence id)) {
            throw input.refuse("a storage reference that is no tuple");
        }
        Storage storage = new PickleArguments(id, input).storage();
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

    private List<Object> takeToMark() {
        int mark = stack.lastIndexOf(Symbol.MARK);
        if (mark < 0) {
            throw input.refuse("looks for a mark that is not there");
        }
        List<Object> items = take(mark + 1);
        stack.remove(mark);
        return items;
    }

    private List<Object> take(int from) {
        List<Object> part = stack.subList(from, stack.size());
        List<Object> items = List.copyOf(part);
        part.clear();
        if (items.contains(Symbol.MARK)) {
            throw input.refuse("takes a value where the stack has a mark");
        }
        return items;
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
