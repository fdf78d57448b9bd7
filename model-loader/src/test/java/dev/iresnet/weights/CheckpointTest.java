package dev.iresnet.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.iresnet.weights.CheckpointWriter.Format;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class CheckpointTest {
    @TempDir private Path directory;

    static Stream<Arguments> formatsAndTypes() {
        return Stream.of(Format.values())
                .flatMap(f -> Stream.of(Dtype.values()).map(d -> Arguments.of(f, d)));
    }

    @ParameterizedTest
    @MethodSource("formatsAndTypes")
    void readsEveryTypeFromEveryContainer(Format format, Dtype dtype) {
        double[] values = {0, 1, 3, 7, 100, 127};
        try (Checkpoint checkpoint =
                open(
                        format.write(
                                List.of(
                                        SavedTensor.of("a", dtype, List.of(2, 3), values),
                                        SavedTensor.of("b", dtype, List.of(), 5))))) {
            assertThat(checkpoint.shapes())
                    .containsExactly(
                            Map.entry("a", TensorShape.of(2, 3)), Map.entry("b", TensorShape.of()));
            assertThat(checkpoint.read("a")).containsExactly(0, 1, 3, 7, 100, 127);
            assertThat(checkpoint.read("b")).containsExactly(5);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Dtype.class,
            names = {"FLOAT32", "FLOAT16", "BFLOAT16", "FLOAT64"})
    void keepsSignsFractionsAndExtremes(Dtype dtype) {
        double smallest = dtype == Dtype.FLOAT16 ? 0x1p-24 : 0x1p-120;
        double[] values = {-1.5, 0.25, -0.0078125, smallest, -smallest, 65280};
        float[] read =
                open(Format.ZIP.write(List.of(SavedTensor.of("a", dtype, List.of(6), values))))
                        .read("a");
        for (int i = 0; i < values.length; i++) {
            assertThat((double) read[i]).isEqualTo(values[i]);
        }
    }

    @Test
    void readsHalfInfinityAndNan() {
        byte[] bits = {0, 0x7c, 0, (byte) 0xfc, 1, 0x7c, 0, (byte) 0x80};
        String header = "{\"a\":{\"dtype\":\"F16\",\"shape\":[4],\"data_offsets\":[0,8]}}";
        byte[] file =
                new PickleWriter()
                        .raw(CheckpointWriter.int64(header.length()))
                        .raw(CheckpointWriter.ascii(header))
                        .raw(bits)
                        .bytes();
        assertThat(open(file).read("a"))
                .containsExactly(
                        Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN, -0.0f);
    }

    @ParameterizedTest
    @EnumSource(
            value = Format.class,
            names = {"ZIP", "STREAM"})
    void readsViewsByTheirStridesAndOffsets(Format format) {
        List<Double> storage = List.of(0., 1., 2., 3., 4., 5., 6., 7., 8., 9., 10., 11.);
        SavedTensor transposed =
                new SavedTensor("t", Dtype.FLOAT32, storage, 0, List.of(4, 3), List.of(1, 4));
        SavedTensor window =
                new SavedTensor("w", Dtype.FLOAT32, storage, 5, List.of(2, 2), List.of(4, 2));
        SavedTensor repeated =
                new SavedTensor("r", Dtype.FLOAT32, storage, 7, List.of(3), List.of(0));
        Checkpoint read = open(format.write(List.of(transposed, window, repeated)));
        assertThat(read.read("t")).containsExactly(0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11);
        assertThat(read.read("w")).containsExactly(5, 7, 9, 11);
        assertThat(read.read("r")).containsExactly(7, 7, 7);
    }

    @Test
    void readsTheOldStreamsViewsOfStorages() {
        SavedTensor root = SavedTensor.of("s", Dtype.FLOAT32, List.of(4), 1, 2, 3, 4);
        PickleWriter pickle = PickleWriter.protocol2().op('}').string("a");
        pickle.global("torch._utils", "_rebuild_tensor").op('(').op('(').string("storage");
        pickle.global("torch", "FloatStorage").string("s").string("cpu").integer(4);
        pickle.op('(').string("view").integer(1).integer(3).op('t').op('t').op('Q');
        pickle.integer(1).integers(List.of(2)).integers(List.of(1)).op('t').op('R').op('s').stop();
        byte[] file = CheckpointWriter.stream(pickle.bytes(), List.of(root));
        assertThat(open(file).read("a")).containsExactly(3, 4);
    }

    @ParameterizedTest
    @MethodSource("wrappers")
    void unwrapsWhatTrainingScriptsSave(String wrapper) {
        SavedTensor weight = SavedTensor.of("module.w", Dtype.FLOAT32, List.of(1), 2);
        SavedTensor best = SavedTensor.of("best", Dtype.FLOAT64, List.of(), 77.3);
        PickleWriter pickle = PickleWriter.protocol2().op('}').op('(');
        pickle.string("epoch").integer(90).string("arch").string("iresnet50").string(wrapper);
        CheckpointWriter.items(pickle.orderedDict(), List.of(weight));
        CheckpointWriter.tensor(pickle.string("best_acc1"), best);
        pickle.string("optimizer").op('}').string("lr").op('G').raw(new byte[8]).op('s');
        byte[] bytes = pickle.op('u').stop().bytes();
        for (byte[] file :
                List.of(
                        CheckpointWriter.zip(bytes, List.of(weight, best)),
                        CheckpointWriter.stream(bytes, List.of(best, weight)))) {
            assertThat(open(file).shapes()).containsOnlyKeys("w");
            assertThat(open(file).read("w")).containsExactly(2);
        }
    }

    static Stream<String> wrappers() {
        return Stream.of("state_dict", "model", "model_state_dict");
    }

    @Test
    void keepsAPrefixThatNotAllKeysHave() {
        byte[] file =
                Format.ZIP.write(
                        List.of(
                                SavedTensor.of("module.w", Dtype.FLOAT32, List.of(1), 2),
                                SavedTensor.of("v", Dtype.FLOAT32, List.of(1), 2)));
        assertThat(open(file).shapes()).containsOnlyKeys("module.w", "v");
    }

    @Test
    void readsParameters() {
        SavedTensor weight = SavedTensor.of("w", Dtype.FLOAT32, List.of(2), 2, 3);
        PickleWriter pickle = PickleWriter.protocol2().op('}').string("w");
        pickle.global("torch._utils", "_rebuild_parameter").op('(');
        CheckpointWriter.tensor(pickle, weight).op(0x88).orderedDict().op('t').op('R').op('s');
        byte[] file = CheckpointWriter.zip(pickle.stop().bytes(), List.of(weight));
        assertThat(open(file).read("w")).containsExactly(2, 3);
    }

    @Test
    void readsPython2sStringsAndOrderedDicts() {
        SavedTensor weight = SavedTensor.of("w", Dtype.FLOAT32, List.of(2), 2, 3);
        PickleWriter pickle = PickleWriter.protocol2();
        pickle.global("collections", "OrderedDict").op(']').op(']');
        pickle.op('(').op('U').op(1).raw(CheckpointWriter.ascii("w"));
        CheckpointWriter.tensor(pickle, weight).op('e').op('a').op(0x85).op('R').stop();
        assertThat(open(CheckpointWriter.stream(pickle.bytes(), List.of(weight))).read("w"))
                .containsExactly(2, 3);
    }

    @Test
    void readsProtocol4() {
        SavedTensor weight = SavedTensor.of("w", Dtype.FLOAT32, List.of(2), 2, 3);
        PickleWriter pickle = new PickleWriter().op(0x80).op(4).op(0x95).raw(new byte[8]);
        pickle.op('}').op(0x94).op(0x8c).op(1).raw(CheckpointWriter.ascii("w")).op(0x94);
        pickle.string("torch._utils").string("_rebuild_tensor_v2").op(0x93).op(0x94).op('(');
        pickle.storage("FloatStorage", "w", 2).integer(0);
        pickle.integers(List.of(2)).integers(List.of(1)).op(0x89).orderedDict();
        pickle.op('t').op('R').op('s').stop();
        assertThat(open(CheckpointWriter.zip(pickle.bytes(), List.of(weight))).read("w"))
                .containsExactly(2, 3);
    }

    /** A sparse file: 4.4 GB by its length, hardly any on disk. */
    @Test
    void readsAcrossTheBordersOfLargeFiles() throws IOException {
        Path file = directory.resolve("large.safetensors");
        int header = 504;
        long b = (1L << 30) - 2 - 8 - header; // so that its first float crosses 1 GiB
        long c = b + 12;
        long d = c + 3_300_000_000L;
        String json =
                ("{\"a\":{\"dtype\":\"U8\",\"shape\":[%1$d],\"data_offsets\":[0,%1$d]},"
                                + "\"b\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[%1$d,%2$d]},"
                                + "\"c\":{\"dtype\":\"F64\",\"shape\":[412500000],"
                                + "\"data_offsets\":[%2$d,%3$d]},"
                                + "\"d\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[%3$d,%4$d]}}")
                        .formatted(b, c, d, d + 12);
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.write(CheckpointWriter.int64(header));
            out.write(CheckpointWriter.ascii(json + " ".repeat(header - json.length())));
            out.seek(8 + header + b);
            out.write(SavedTensor.of("b", Dtype.FLOAT32, List.of(3), 1, 2, 3).bytes());
            out.seek(8 + header + d);
            out.write(SavedTensor.of("d", Dtype.FLOAT32, List.of(3), 4, 5, 6).bytes());
        }
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            assertThat(checkpoint.read("b")).containsExactly(1, 2, 3);
            assertThat(checkpoint.read("d")).containsExactly(4, 5, 6);
        }
    }

    @Test
    void refusesAKeyThatIsNotThere() {
        Checkpoint checkpoint =
                open(Format.ZIP.write(List.of(SavedTensor.of("a", Dtype.FLOAT32, List.of(1), 2))));
        assertThatThrownBy(() -> checkpoint.read("b")).hasMessage("no tensor b");
    }

    private Checkpoint open(byte[] file) {
        try {
            Path path = Files.createTempFile(directory, "net", ".pth");
            return Checkpoint.open(Files.write(path, file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
