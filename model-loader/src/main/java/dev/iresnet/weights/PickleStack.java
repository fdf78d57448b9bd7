package dev.iresnet.weights;

import dev.iresnet.weights.PickleValue.Symbol;
import java.util.ArrayList;
import java.util.List;

/** The operands of a {@link PickleMachine}, with marks among them; counts what was ever pushed. */
final class PickleStack {
    static final int MAX_VALUES = 1 << 21;

    private final PickleInput input;
    private final List<Object> values = new ArrayList<>();
    private int pushed;

    PickleStack(PickleInput input) {
        this.input = input;
    }

    int size() {
        return values.size();
    }

    void push(Object value) {
        if (++pushed > MAX_VALUES) {
            throw input.refuse("more than " + MAX_VALUES + " values: not a state dict");
        }
        values.add(value);
    }

    Object top() {
        if (values.isEmpty()) {
            throw input.refuse("takes a value from an empty stack");
        }
        return values.get(values.size() - 1);
    }

    Object pop() {
        return pop(1).get(0);
    }

    /** The topmost {@code count} values, the deepest first. */
    List<Object> pop(int count) {
        if (count > values.size()) {
            throw input.refuse("takes " + count + " values from a stack of " + values.size());
        }
        return take(values.size() - count);
    }

    /** The values above the topmost mark, which goes as well. */
    List<Object> popToMark() {
        int mark = values.lastIndexOf(Symbol.MARK);
        if (mark < 0) {
            throw input.refuse("looks for a mark that is not there");
        }
        List<Object> items = take(mark + 1);
        values.remove(mark);
        return items;
    }

    private List<Object> take(int from) {
        List<Object> part = values.subList(from, values.size());
        List<Object> items = List.copyOf(part);
        if (items.contains(Symbol.MARK)) {
            throw input.refuse("takes a value where the stack has a mark");
        }
        part.clear();
        return items;
    }
}
