package dev.iresnet.weights;

import java.util.HashMap;
import java.util.Map;

/**
 * The opcodes of protocols 2 to 5 that {@code torch.save} uses, for a state dict and for what
 * training scripts save beside it: a closed list. What makes objects of any class makes an {@link
 * PickleValue.Opaque} here.
 */
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
    LONG4(0x8b, (m, in) -> m.push(in.integer(in.unsignedInt()))),
    BINFLOAT('G', (m, in) -> m.push(in.bigEndianDouble())),
    BINUNICODE('X', (m, in) -> m.push(in.text(in.unsignedInt()))),
    SHORT_BINUNICODE(0x8c, (m, in) -> m.push(in.text(in.unsignedByte()))),
    // Python 2's strings
    BINSTRING('T', (m, in) -> m.push(in.text(in.unsignedInt()))),
    SHORT_BINSTRING('U', (m, in) -> m.push(in.text(in.unsignedByte()))),
    BINUNICODE8(0x8d, (m, in) -> m.push(in.text(in.int64()))),
    SHORT_BINBYTES('C', (m, in) -> m.push(in.bytes(in.unsignedByte()))),
    BINBYTES('B', (m, in) -> m.push(in.bytes(in.unsignedInt()))),
    BINBYTES8(0x8e, (m, in) -> m.push(in.bytes(in.int64()))),
    BYTEARRAY8(0x96, (m, in) -> m.push(in.bytes(in.int64()))),
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
    EMPTY_SET(0x8f, (m, in) -> m.push(new PickleValue.Opaque("set"))),
    ADDITEMS(0x90, (m, in) -> m.appendFromMark()),
    FROZENSET(0x91, (m, in) -> m.opaqueFromMark("frozenset")),
    POP('0', (m, in) -> m.drop()),
    POP_MARK('1', (m, in) -> m.dropToMark()),
    BINPUT('q', (m, in) -> m.remember(in.unsignedByte())),
    LONG_BINPUT('r', (m, in) -> m.remember(in.unsignedInt())),
    MEMOIZE(0x94, (m, in) -> m.memoize()),
    BINGET('h', (m, in) -> m.recall(in.unsignedByte())),
    LONG_BINGET('j', (m, in) -> m.recall(in.unsignedInt())),
    GLOBAL('c', (m, in) -> m.global(in.line(), in.line())),
    STACK_GLOBAL(0x93, (m, in) -> m.globalFromStack()),
    INST('i', (m, in) -> m.opaqueFromMark(in.line() + "." + in.line())),
    OBJ('o', (m, in) -> m.opaqueFromMark("object")),
    NEWOBJ(0x81, (m, in) -> m.newObject(1)),
    NEWOBJ_EX(0x92, (m, in) -> m.newObject(2)),
    REDUCE('R', (m, in) -> m.reduce()),
    BUILD('b', (m, in) -> m.build()),
    BINPERSID('Q', (m, in) -> m.persistentId());

    /** Those left out, for the message: no pickler of PyTorch's writes them. */
    private static final Map<Integer, String> REFUSED =
            Map.ofEntries(
                    Map.entry(0x82, "EXT1"),
                    Map.entry(0x83, "EXT2"),
                    Map.entry(0x84, "EXT4"),
                    Map.entry(0x97, "NEXT_BUFFER"),
                    Map.entry(0x98, "READONLY_BUFFER"),
                    Map.entry((int) 'P', "PERSID"),
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
