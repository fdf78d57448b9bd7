package dev.iresnet.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.iresnet.weights.CheckpointWriter.Format;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What training scripts put around a network's weights and beside them. */
class BesideTheWeightsTest {
    private static final List<SavedTensor> NETWORK = Checkpoints.tensors(Checkpoints.TINY);

    @TempDir private Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "module.",
                "_orig_mod.module.",
                "module._orig_mod.",
                "model.net.backbone.",
                "my_own.field.of_3.names.",
                "module.module.module.",
            })
    void takesWhateverStandsBeforeTheKeysAway(String prefix) throws IOException {
        for (Format format : Format.values()) {
            Checkpoint checkpoint = open(format.write(renamed(key -> prefix + key)));
            assertHoldsTheNetwork(checkpoint);
            assertThat(checkpoint.notes()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void findsTheHeadByItsShape(Format format) throws IOException {
        for (String head : List.of("fc.1.", "classifier.", "head.fc.", "last_linear.")) {
            Checkpoint checkpoint = open(format.write(renamed(key -> key.replace("fc.", head))));
            assertHoldsTheNetwork(checkpoint);
            assertThat(checkpoint.notes())
                    .containsExactly("Its head is " + head.substring(0, head.length() - 1));
        }
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void findsAHeadBesideTheBackbone(Format format) throws IOException {
        assertHoldsTheNetwork(
                open(format.write(renamed(key -> key.startsWith("fc.") ? key : "body." + key))));
    }

    /** {@code Sequential(*list(resnet.children())[:-1])}, as Lightning's guide has it. */
    @Test
    void numbersTheChildrenOfASequence() throws IOException {
        UnaryOperator<String> number =
                key ->
                        key.replaceFirst("^conv1", "features.0")
                                .replaceFirst("^bn1", "features.1")
                                .replaceFirst("^layer1", "features.3")
                                .replaceFirst("^layer2", "features.4")
                                .replaceFirst("^fc", "classifier");
        assertHoldsTheNetwork(open(Format.ZIP.write(renamed(number))));
    }

    @Test
    void leavesCountersAndLossesOfTheWrapperOut() throws IOException {
        List<SavedTensor> tensors = new ArrayList<>(renamed(key -> "module." + key));
        tensors.add(SavedTensor.of("n_averaged", Dtype.INT64, List.of(), 3));
        tensors.add(SavedTensor.of("criterion.weight", Dtype.FLOAT32, List.of(3), 1, 1, 1));
        assertHoldsTheNetwork(open(Format.ZIP.write(tensors)));
    }

    /** A layer that stands before or behind the network would change what it computes. */
    @Test
    void keepsOtherLayersOfTheWrapperForTheRecogniserToRefuse() throws IOException {
        List<SavedTensor> tensors = new ArrayList<>(renamed(key -> "backbone." + key));
        tensors.add(SavedTensor.of("normalize.mean", Dtype.FLOAT32, List.of(3), 1, 1, 1));
        Checkpoint checkpoint = open(Format.ZIP.write(tensors));
        assertThatThrownBy(() -> Recogniser.recognise("net.pth", checkpoint.shapes()))
                .hasMessageContaining("superfluous: normalize.mean");
    }

    @Test
    void refusesTwoHeads() throws IOException {
        List<SavedTensor> tensors = new ArrayList<>(renamed(key -> "backbone." + key));
        tensors.add(SavedTensor.of("fc.weight", Dtype.FLOAT32, List.of(1, 1), 1));
        Checkpoint checkpoint = open(Format.ZIP.write(tensors));
        assertThatThrownBy(() -> Recogniser.recognise("net.pth", checkpoint.shapes()))
                .hasMessageContaining("superfluous: fc.weight outside backbone.");
    }

    static Stream<String> wrappers() {
        return Stream.of("state_dict", "model", "net", "my_network", "best");
    }

    @ParameterizedTest
    @MethodSource("wrappers")
    void findsTheDictWhateverItIsCalled(String wrapper) throws IOException {
        byte[] pickle =
                pickle(
                        p -> {
                            p.string("acc").op('G').raw(new byte[8]);
                            CheckpointWriter.items(p.string(wrapper).op('}'), NETWORK);
                        });
        assertHoldsTheNetwork(open(CheckpointWriter.zip(pickle, NETWORK)));
        assertHoldsTheNetwork(open(CheckpointWriter.stream(pickle, NETWORK)));
    }

    @Test
    void stepsOverObjectsOfAnyClass() throws IOException {
        Path victim = directory.resolve("victim");
        byte[] pickle =
                pickle(
                        p -> {
                            // argparse.Namespace, by NEWOBJ and BUILD
                            p.string("args").global("argparse", "Namespace").op(')').op(0x81);
                            p.op('}').string("lr").op('K').op(1).op('s').op('b');
                            // a NumPy scalar, by REDUCE; a defaultdict with items; a set
                            p.string("best").global("numpy.core.multiarray", "scalar");
                            p.op('C').op(3).raw(new byte[3]).op(0x85).op('R');
                            p.string("seen").global("collections", "defaultdict").op(')').op('R');
                            p.op('(').integer(1).integer(2).op('u');
                            p.string("set").op(0x8f).op('(').integer(1).op(0x90);
                            // a random generator's state of 17 bytes, a long text
                            p.string("rng").op(0x8a).op(17).raw(new byte[17]);
                            p.string("log").string("x".repeat(70_000));
                            p.string("big").op(0x8b).int32(300).raw(new byte[300]);
                            // a dict whose keys are no names, an object of Python 2, a wrapped one
                            p.string("odd").op('}').op(')').op('N').op('s');
                            p.string("old").op('(').global("a", "B").op('o');
                            p.string("kw").global("a", "B").op(')').op('}').op(0x92);
                            // what must not happen
                            p.string("run").global("os", "system");
                            p.string("touch " + victim).op(0x85).op('R');
                            CheckpointWriter.items(p.string("model").op('}'), NETWORK);
                        });
        for (byte[] file :
                List.of(
                        CheckpointWriter.zip(pickle, NETWORK),
                        CheckpointWriter.stream(pickle, NETWORK))) {
            Checkpoint checkpoint = open(file);
            assertHoldsTheNetwork(checkpoint);
            assertThat(checkpoint.notes())
                    .singleElement()
                    .asString()
                    .startsWith(
                            "Skipped what is no tensor, unread: args (argparse.Namespace), best")
                    .contains("old (object)");
        }
        assertThat(victim).doesNotExist();
    }

    @Test
    void readsTensorsThatCarryAttributes() throws IOException {
        byte[] pickle =
                pickle(
                        p -> {
                            for (SavedTensor tensor : NETWORK) {
                                p.string(tensor.key());
                                p.global("torch._tensor", "_rebuild_from_type_v2").op('(');
                                p.global("torch._utils", "_rebuild_parameter");
                                p.global("torch.nn.parameter", "Parameter").op('(');
                                CheckpointWriter.tensor(p, tensor).op(0x88).orderedDict();
                                p.op('t').op('}').op('t').op('R');
                            }
                        });
        assertHoldsTheNetwork(open(CheckpointWriter.zip(pickle, NETWORK)));
    }

    @Test
    void prefersTheNetworkToItsAverageAndSaysSo() throws IOException {
        byte[] pickle =
                pickle(
                        p -> {
                            CheckpointWriter.items(p.string("model_ema").op('}'), NETWORK);
                            CheckpointWriter.items(p.string("model").op('}'), NETWORK);
                        });
        byte[] file = CheckpointWriter.zip(pickle, NETWORK);
        assertThat(open(file).notes())
                .containsExactly(
                        "Took the network at 'model'; the file also has 'model_ema', for --entry");
        assertHoldsTheNetwork(open(file, Optional.of("model_ema")));
        assertThatThrownBy(() -> open(file, Optional.of("best")))
                .hasMessageContaining("has no network at 'best'; it has 'model_ema', 'model'");
    }

    @Test
    void asksWhichOfSeveralNetworks() {
        List<SavedTensor> two = new ArrayList<>(renamed(key -> "left." + key));
        two.addAll(renamed(key -> "right." + key));
        byte[] file = Format.SAFETENSORS.write(two);
        assertThatThrownBy(() -> open(file))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining(
                        "holds several networks: 'left', 'right'. Say which by --entry");
    }

    @Test
    void walksADictThatHoldsItselfOnce() throws IOException {
        byte[] pickle =
                pickle(
                        p -> {
                            p.string("self").op('}').op('q').op(0);
                            p.string("again").op('h').op(0).op('s');
                            CheckpointWriter.items(p.string("model").op('}'), NETWORK);
                        });
        assertHoldsTheNetwork(open(CheckpointWriter.zip(pickle, NETWORK)));
    }

    /** A header's length may begin like a pickle: 0x80, and 2 for the protocol behind it. */
    @Test
    void tellsSafetensorsFromPicklesByMoreThanTheFirstByte() throws IOException {
        byte[] plain = Format.SAFETENSORS.write(NETWORK);
        int length = (plain[0] & 0xff) + 256 * plain[1];
        for (int wanted : List.of(0x4080, 0x0280 + 0x10000)) {
            String header = new String(plain, 8, length, StandardCharsets.UTF_8);
            byte[] file =
                    CheckpointWriter.safetensors(
                            header + " ".repeat(wanted - header.length()), NETWORK);
            assertThat(file[0]).isEqualTo((byte) 0x80);
            assertHoldsTheNetwork(open(file));
        }
    }

    private static List<SavedTensor> renamed(UnaryOperator<String> name) {
        return NETWORK.stream().map(t -> named(t, name)).toList();
    }

    private static SavedTensor named(SavedTensor t, UnaryOperator<String> name) {
        return new SavedTensor(
                name.apply(t.key()), t.dtype(), t.storage(), t.offset(), t.sizes(), t.strides());
    }

    /** A dict of the items that {@code content} pushes. */
    private static byte[] pickle(Consumer<PickleWriter> content) {
        PickleWriter pickle = PickleWriter.protocol2().op('}').op('(');
        content.accept(pickle);
        return pickle.op('u').stop().bytes();
    }

    private static void assertHoldsTheNetwork(Checkpoint checkpoint) {
        assertThat(Recogniser.recognise("net.pth", checkpoint.shapes()).network())
                .isEqualTo(Checkpoints.TINY);
        for (SavedTensor tensor : NETWORK) {
            if (!tensor.sizes().isEmpty()) {
                assertThat(checkpoint.read(tensor.key())).hasSize(tensor.storage().size());
            }
        }
    }

    private Checkpoint open(byte[] file) throws IOException {
        return open(file, Optional.empty());
    }

    private Checkpoint open(byte[] file, Optional<String> entry) throws IOException {
        Path path = Files.createTempFile(directory, "net", ".pth");
        return Checkpoint.open(Files.write(path, file), entry);
    }
}
