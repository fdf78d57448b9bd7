package dev.iresnet.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pickles that want more of their reader than a state dict does. */
class HostilePickleTest {
    private static final SavedTensor WEIGHT = SavedTensor.of("w", Dtype.FLOAT32, List.of(2), 1, 2);

    @TempDir private Path directory;

    @ParameterizedTest
    @CsvSource({
        "os,system",
        "posix,system",
        "nt,system",
        "subprocess,Popen",
        "builtins,eval",
        "builtins,exec",
        "__builtin__,getattr",
        "webbrowser,open",
        "torch,load",
        "torch,FloatTensor",
        "torch.nn.modules.conv,Conv2d",
        "numpy.core.multiarray,_reconstruct",
        "argparse,Namespace",
        "collections,OrderedDict.__init__",
        "java.lang,Runtime",
    })
    void callsNoOtherGlobal(String module, String name) {
        Path victim = directory.resolve("victim");
        PickleWriter call =
                PickleWriter.protocol2()
                        .global(module, name)
                        .string("touch " + victim)
                        .op(0x85)
                        .op('R');
        String why =
                "holds an object, %s.%s, not its weights; nothing was run".formatted(module, name);
        assertRefused(call.stop(), why);
        PickleWriter byStack =
                PickleWriter.protocol2().string(module).string(name).op(0x93).op(')').op('R');
        assertRefused(byStack.stop(), why);
        assertThat(victim).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "\u0082,EXT1",
        "\u0083,EXT2",
        "\u0084,EXT4",
        "P,PERSID",
        "2,DUP",
        "\u0097,NEXT_BUFFER",
        "\u00ff,unknown",
        "I,unknown",
    })
    void refusesEveryOtherOpcodeByNameAndPosition(char code, String name) {
        assertRefused(
                PickleWriter.protocol2().op('}').op(code),
                "data.pkl, byte 3: opcode 0x%02x (%s)".formatted((int) code, name));
    }

    @Test
    void callsNothingButTheFewFunctions() {
        for (PickleWriter callee :
                List.of(
                        PickleWriter.protocol2().string("os.system"),
                        PickleWriter.protocol2().global("torch", "FloatStorage"),
                        PickleWriter.protocol2().orderedDict())) {
            assertRefused(callee.op(')').op('R'), "calls what is no function; nothing was run");
        }
    }

    @Test
    void setsNoTensorsState() {
        assertRefused(
                CheckpointWriter.tensor(PickleWriter.protocol2(), WEIGHT).op('}').op('b'),
                "sets the state of what has none");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 1000, Integer.MAX_VALUE, -1})
    void refusesMemoIndicesOutOfTurn(int index) {
        assertRefused(
                PickleWriter.protocol2().op('}').op('r').int32(index),
                "byte 3: memo index %d where 0 is next".formatted(Integer.toUnsignedLong(index)));
    }

    @Test
    void refusesListsThatDoubleThroughTheMemo() {
        PickleWriter bomb = PickleWriter.protocol2().op(']').op('q').op(0);
        for (int i = 0; i < 30; i++) {
            bomb.op(']').op('q').op(i + 1).op('(').op('h').op(i).op('h').op(i).op('e');
        }
        assertRefused(bomb, "unfolds to more than");
    }

    @Test
    void refusesTuplesThatDoubleThroughTheMemo() {
        PickleWriter bomb = PickleWriter.protocol2().op('N').op('q').op(0);
        for (int i = 0; i < 30; i++) {
            bomb.op('h').op(i).op('h').op(i).op(0x86).op('q').op(i + 1);
        }
        assertRefused(bomb, "unfolds to more than");
    }

    @Test
    void refusesDictsThatDoubleThroughTheMemo() {
        PickleWriter bomb = PickleWriter.protocol2().op('}').op('q').op(0);
        for (int i = 0; i < 30; i++) {
            bomb.op('}').op('q').op(i + 1).op('(');
            bomb.string("a").op('h').op(i).string("b").op('h').op(i).op('u');
        }
        assertRefused(bomb, "unfolds to more than");
    }

    @Test
    void refusesEndlessNesting() {
        PickleWriter deep = PickleWriter.protocol2().op(')');
        for (int i = 0; i < 100_000; i++) {
            deep.op(0x85);
        }
        assertRefused(deep, "byte 34: containers nested more than 32 deep");
    }

    @Test
    void refusesMoreValuesThanAStateDictHas() {
        byte[] nones = new byte[PickleStack.MAX_VALUES + 1];
        Arrays.fill(nones, (byte) 'N');
        assertRefused(PickleWriter.protocol2().raw(nones), "more than 2097152 values");
    }

    @Test
    void refusesLengthsBeyondTheirBounds() {
        assertRefused(PickleWriter.protocol2().op('X').int32(-1), "the pickle ends within");
        assertRefused(PickleWriter.protocol2().op('X').int32(100), "the pickle ends within");
        assertRefused(PickleWriter.protocol2().op(0x8a).op(255), "the pickle ends within");
        for (int opcode : List.of(0x8d, 0x8e, 0x96)) {
            byte[] negative = CheckpointWriter.int64(-1);
            assertRefused(
                    PickleWriter.protocol2().op(opcode).raw(negative), "the pickle ends within");
        }
        assertRefused(
                PickleWriter.protocol2().op('c').raw(new byte[1000]), "a name of more than 256");
    }

    @Test
    void refusesAStackThatDoesNotAddUp() {
        assertRefused(PickleWriter.protocol2().op('R'), "takes 1 values from a stack of 0");
        assertRefused(PickleWriter.protocol2().op('t'), "looks for a mark that is not there");
        assertRefused(PickleWriter.protocol2().op(0x86), "takes 2 values from a stack of 0");
        assertRefused(
                PickleWriter.protocol2().op('(').op('(').op(0x85),
                "takes a value where the stack has a mark");
        assertRefused(PickleWriter.protocol2().op('N').op('N').stop(), "STOP leaves 1 values");
        assertRefused(PickleWriter.protocol2().op('h').op(3), "memo index 3 holds nothing");
        assertRefused(PickleWriter.protocol2().op('N').op('N').op('a'), "appends to what is no");
        assertRefused(
                PickleWriter.protocol2().op('N').op('N').op('N').op('s'),
                "sets items of what is no dict");
        assertRefused(
                PickleWriter.protocol2().op('}').op('(').string("k").op('u'),
                "a dict key without a value");
    }

    @Test
    void refusesPickleProtocolsThatTorchDoesNotUse() {
        assertRefused(new PickleWriter().op(0x80).op(0), "pickle protocol 0, known are 2 to 5");
        assertRefused(new PickleWriter().op(0x80).op(6), "pickle protocol 6, known are 2 to 5");
    }

    @Test
    void refusesWhatIsNoStateDict() {
        assertRefused(PickleWriter.protocol2().op('N').stop(), "holds no dict of tensors");
        assertRefused(PickleWriter.protocol2().op(']').stop(), "holds no tensors");
        assertRefused(PickleWriter.protocol2().op('}').stop(), "holds no tensors");
        assertRefused(
                PickleWriter.protocol2().op('}').string("w").integer(3).op('s').stop(),
                "holds no tensors");
    }

    @Test
    void refusesStoragesLongerThanTheFile() {
        for (long elements : List.of(3L, 1L << 31, 1L << 61, Long.MAX_VALUE)) {
            assertRefused(
                    tensor("w", elements, 0, List.of(2), List.of(1)),
                    "tensor w: storage w claims %d elements, the file holds 2".formatted(elements));
        }
        assertRefused(tensor("w", -1, 0, List.of(2), List.of(1)), "negative size or offset -1");
        assertRefused(
                tensor("v", 2, 0, List.of(2), List.of(1)), "storage v is not in the zip file");
    }

    @Test
    void refusesTensorsThatReachBeyondTheirStorage() {
        assertRefused(tensor("w", 2, 1, List.of(2), List.of(1)), "reaches beyond its storage");
        assertRefused(tensor("w", 2, 0, List.of(2), List.of(2)), "reaches beyond its storage");
        assertRefused(tensor("w", 2, 0, List.of(3), List.of(0)), "reaches beyond its storage");
        assertRefused(tensor("w", 2, -1, List.of(2), List.of(1)), "negative size or offset");
        assertRefused(tensor("w", 2, 1, List.of(2), List.of(-1)), "reaches beyond its storage");
        assertRefused(
                tensor("w", 2, Long.MAX_VALUE, List.of(2), List.of(1)),
                "reaches beyond its storage");
        assertRefused(
                tensor("w", 2, 0, List.of(2, 1), List.of(1)), "has 1 strides for shape [2, 1]");
        assertRefused(
                tensor("w", 2, 0, List.of(1 << 20, 1 << 20), List.of(1, 1)), "no possible shape");
        assertRefused(tensor("w", 2, 0, List.of(-2), List.of(1)), "no possible shape");
        List<Integer> nine = Collections.nCopies(9, 1);
        assertRefused(tensor("w", 2, 0, nine, nine), "has 9 axes");
    }

    @Test
    void refusesAStorageOfTwoTypes() {
        PickleWriter pickle = PickleWriter.protocol2();
        pickle.storage("FloatStorage", "w", 2).storage("HalfStorage", "w", 2);
        assertRefused(pickle, "storage w is named with two types or sizes");
    }

    @Test
    void refusesViewsThatAddUpToMoreThanTheFile() {
        PickleWriter pickle = PickleWriter.protocol2().op('}').op('(');
        for (int i = 0; i < 20_000; i++) {
            pickle.string("t" + i);
            pickle.global("torch._utils", "_rebuild_tensor_v2").op('(');
            pickle.storage("FloatStorage", "big", 4096).integer(0).integers(List.of(4096));
            pickle.integers(List.of(1)).op(0x89).orderedDict().op('t').op('R');
        }
        SavedTensor big = SavedTensor.of("big", Dtype.FLOAT32, List.of(4096), new double[4096]);
        assertRefused(
                CheckpointWriter.zip(pickle.op('u').stop().bytes(), List.of(big)),
                "its tensors add up to 327680000 bytes");
    }

    @Test
    void keepsControlCharactersAndLengthOffTheScreen() {
        String key = "\u001b[2J" + "x".repeat(60_000);
        PickleWriter pickle =
                CheckpointWriter.tensor(
                                PickleWriter.protocol2().op('}').string(key),
                                SavedTensor.of("none", Dtype.FLOAT32, List.of(2), 1, 2))
                        .op('s')
                        .stop();
        assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(() -> open(CheckpointWriter.zip(pickle.bytes(), List.of(WEIGHT))))
                .withMessageMatching("[^\u001b]{1,4999}");
    }

    private static PickleWriter tensor(
            String storage,
            long elements,
            long offset,
            List<Integer> sizes,
            List<Integer> strides) {
        return PickleWriter.protocol2()
                .op('}')
                .string("w")
                .global("torch._utils", "_rebuild_tensor_v2")
                .op('(')
                .storage("FloatStorage", storage, elements)
                .integer(offset)
                .integers(sizes)
                .integers(strides)
                .op('t')
                .op('R')
                .op('s')
                .stop();
    }

    private void assertRefused(PickleWriter pickle, String why) {
        assertRefused(CheckpointWriter.zip(pickle.bytes(), List.of(WEIGHT)), why);
    }

    private void assertRefused(byte[] file, String why) {
        assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(() -> open(file))
                .withMessageContaining(directory.toString())
                .withMessageContaining(why);
    }

    private void open(byte[] file) throws IOException {
        Checkpoint.open(Files.write(Files.createTempFile(directory, "net", ".pth"), file)).close();
    }
}
