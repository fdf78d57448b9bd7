package dev.iresnet.weights;

import java.util.HashMap;
import java.util.Map;

/** The opcodes that {@code torch.save} uses for a state dict, protocols 2 to 5: a closed list. */
enum PickleOpcode {
    PROTO(0x80, (m, in) -> in.requireProtocol()),
    FRAME(0x95, (m, in) -> in.int64()),
    STOP('.', (m, in) -> m.stop()),
    MARK('(', (m, in) -> m.push(PickleValue.Symbol.MARK)),
    NONE('N', (m, in) -> m.push(PickleValue.Symbol.NONE)),
    NEWTRUE(0x88, (m, in) -> m.push(true)),
    NEWFALSE(0x89, (m, in) -> m.push(false)),
    BININT('J', (m, in) -> m.push((long) in.int32())),
    BININT1('K', (m, in) -> m.push((long) in.unsignedByte())),
    BININT2('M', (m, in) -> m.push((long) in.unsignedShort())),
    LONG1(0x8a, (m, in) -> m.push(in.integer(in.unsignedByte()))),
    BINFLOAT('G', (m, in) -> m.push(in.bigEndianDouble())),
    BINUNICODE('X', (m, in) -> m.push(in.text(in.unsignedInt()))),
    SHORT_BINUNICODE(0x8c, (m, in) -> m.push(in.text(in.unsignedByte()))),
    // Python 2's strings
    BINSTRING('T', (m, in) -> m.push(in.text(in.unsignedInt()))),
    SHORT_BINSTRING('U', (m, in) -> m.push(in.text(in.unsignedByte()))),
    EMPTY_TUPLE(')', (m, in) -> m.tuple(0)),
    TUPLE1(0x85, (m, in) -> m.tuple(1)),
    TUPLE2(0x86, (m, in) -> m.tuple(2)),
    TUPLE3(0x87, (m, in) -> m.tuple(3)),
    TUPLE('t', (m, in) -> m.tupleFromMark()),
    EMPTY_LIST(']', (m, in) -> m.push(new PickleValue.Sequence())),
    APPEND('a', (m, in) -> m.append()),
    APPENDS('e', (m, in) -> m.appendFromMark()),
    EMPTY_DICT('}', (m, in) -> m.push(new PickleValue.Dict())),
    SETITEM('s', (m, in) -> m.setItem()),
    SETITEMS('u', (m, in) -> m.setItemsFromMark()),
    BINPUT('q', (m, in) -> m.remember(in.unsignedByte())),
    LONG_BINPUT('r', (m, in) -> m.remember(in.unsignedInt())),
    MEMOIZE(0x94, (m, in) -> m.memoize()),
    BINGET('h', (m, in) -> m.recall(in.unsignedByte())),
    LONG_BINGET('j', (m, in) -> m.recall(in.unsignedInt())),
    GLOBAL('c', (m, in) -> m.global(in.line(), in.line())),
    STACK_GLOBAL(0x93, (m, in) -> m.globalFromStack()),
    REDUCE('R', (m, in) -> m.reduce()),
    BUILD('b', (m, in) -> m.build()),
    BINPERSID('Q', (m, in) -> m.persistentId());

    /** Those left out, for the message: most of them make objects of any class. */
    private static final Map<Integer, String> REFUSED =
            Map.ofEntries(
                    Map.entry((int) 'i', "INST"),
                    Map.entry((int) 'o', "OBJ"),
                    Map.entry(0x81, "NEWOBJ"),
                    Map.entry(0x92, "NEWOBJ_EX"),
                    Map.entry(0x82, "EXT1"),
                    Map.entry(0x83, "EXT2"),
                    Map.entry(0x84, "EXT4"),
                    Map.entry(0x8b, "LONG4"),
                    Map.entry(0x8d, "BINUNICODE8"),
                    Map.entry(0x8e, "BINBYTES8"),
                    Map.entry(0x96, "BYTEARRAY8"),
                    Map.entry(0x97, "NEXT_BUFFER"),
                    Map.entry((int) 'B', "BINBYTES"),
                    Map.entry((int) 'C', "SHORT_BINBYTES"),
                    Map.entry((int) 'P', "PERSID"),
                    Map.entry((int) '0', "POP"),
                    Map.entry((int) '2', "DUP"));

    private static final Map<Integer, PickleOpcode> BY_CODE = byCode();

    private final int code;

    @SuppressWarnings("ImmutableEnumChecker") // lambdas that capture nothing
    private final Action action;

    PickleOpcode(int code, Action action) {
        this.code = code;
        this.action = action;
    }

    static PickleOpcode of(int code, PickleInput input) {
        PickleOpcode opcode = BY_CODE.get(code);
        if (opcode == null) {
            throw input.refuse(
                    "opcode 0x%02x (%s) is no part of a state dict; nothing was run. %s"
                            .formatted(
                                    code,
                                    REFUSED.getOrDefault(code, "unknown"),
                                    PickleInput.SAVE_STATE_DICT));
        }
        return opcode;
    }

    void run(PickleMachine machine, PickleInput input) {
        action.run(machine, input);
    }

    private static Map<Integer, PickleOpcode> byCode() {
        Map<Integer, PickleOpcode> byCode = new HashMap<>();
        for (PickleOpcode opcode : values()) {
            byCode.put(opcode.code, opcode);
        }
        return Map.copyOf(byCode);
    }

    /** What an opcode does. */
    private interface Action {
        void run(PickleMachine machine, PickleInput input);
    }
}
