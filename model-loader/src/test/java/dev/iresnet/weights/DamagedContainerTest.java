package dev.iresnet.weights;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.iresnet.weights.CheckpointWriter.Format;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Files that are no checkpoints, or no longer. */
class DamagedContainerTest {
    private static final List<SavedTensor> TENSORS =
            List.of(
                    SavedTensor.of("a", Dtype.FLOAT32, List.of(2, 2), 1, 2, 3, 4),
                    SavedTensor.of("b", Dtype.FLOAT64, List.of(3), 5, 6, 7));

    @TempDir private Path directory;

    @ParameterizedTest
    @EnumSource(Format.class)
    void refusesEveryTruncation(Format format) throws IOException {
        byte[] whole = format.write(TENSORS);
        Path file = directory.resolve("net.pth");
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> Checkpoint.open(file))
                    .as("cut to %d of %d bytes", length, whole.length)
                    .isInstanceOf(CheckpointException.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'',neither a PyTorch checkpoint nor safetensors",
        "'hello, world',neither a PyTorch checkpoint nor safetensors",
        "'\u0089HDF\r\n\u001a\n',is an HDF5 file",
        "'\u0080\u0002N.',is a pickle but not one of torch.save",
    })
    void refusesOtherFiles(String content, String why) {
        assertRefused(
                content.getBytes(StandardCharsets.ISO_8859_1),
                why.replace("pickle but", "pickle, but"));
    }

    @Test
    void refusesATarFile() {
        byte[] tar = new byte[512];
        System.arraycopy(CheckpointWriter.ascii("ustar"), 0, tar, 257, 5);
        assertRefused(tar, "is a tar file");
    }

    @Test
    void refusesWhatIsNoFile() {
        assertThatThrownBy(() -> Checkpoint.open(directory)).hasMessageContaining("not a regular");
        assertThatThrownBy(() -> Checkpoint.open(directory.resolve("none")))
                .hasMessageContaining("none: no such file");
    }

    @Test
    void refusesBigEndianFiles() {
        byte[] pickle = CheckpointWriter.stateDict(TENSORS);
        assertRefused(
                CheckpointWriter.zip(entries(pickle, "big")), "byteorder is 'big', only 'little'");
        assertRefused(
                CheckpointWriter.streamHeader(false).raw(pickle).bytes(),
                "was written on a big-endian machine");
    }

    @Test
    void refusesKerasFilesAndSaysHowToExport() {
        byte[] nothing = {};
        assertRefused(
                CheckpointWriter.zip(Map.of("config.json", nothing, "model.weights.h5", nothing)),
                "keras.models.load_model(FILE).export(DIRECTORY)");
    }

    @Test
    void refusesTorchScript() {
        Map<String, byte[]> entries = entries(CheckpointWriter.stateDict(TENSORS), "little");
        entries.put("net/constants.pkl", new byte[0]);
        assertRefused(CheckpointWriter.zip(entries), "is a TorchScript program");
    }

    @Test
    void refusesZipFilesWithoutAPickle() {
        assertRefused(
                CheckpointWriter.zip(Map.of("readme", new byte[0])), "zip file without data.pkl");
    }

    @Test
    void findsDamageInAnEntryByItsSum() throws IOException {
        byte[] file = Format.ZIP.write(TENSORS);
        int at = indexOf(file, TENSORS.get(1).bytes());
        file[at] ^= 1;
        Checkpoint checkpoint = open(file);
        checkpoint.read("a");
        assertThatThrownBy(() -> checkpoint.read("b"))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("net/data/b does not have the CRC-32");
    }

    @Test
    void doesNotBelieveTheZipDirectory() {
        byte[] file = Format.ZIP.write(TENSORS);
        int end = file.length - 22;
        ByteBuffer zip = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int central = zip.getInt(end + 16);
        assertRefused(patched(file, central + 24, 1 << 30), "compressed or encrypted");
        assertRefused(patched(file, central + 42, 7), "its header at byte 7 is another's");
        assertRefused(patched(file, central + 42, 1 << 30), "truncated or damaged");
        assertRefused(patched(file, end + 16, 3), "no entry at byte 3");
        assertRefused(
                patched(patched(file, central + 24, 1 << 30), central + 20, 1 << 30),
                "net/data.pkl needs 1073741824 bytes");
        assertRefused(
                patched(patched(file, central + 24, -1), central + 20, -1),
                "its 64-bit size is missing");
        assertRefused(patched(file, end + 16, -1), "the 64-bit locator is missing");
    }

    @Test
    void refusesCompressedEntries() {
        byte[] file = Format.ZIP.write(TENSORS);
        int central = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(file.length - 6);
        file[central + 10] = 8;
        assertRefused(file, "zip entry net/data.pkl is compressed or encrypted");
    }

    @Test
    void refusesAStreamThatContradictsItsPickle() {
        byte[] file = Format.STREAM.write(TENSORS);
        int count = indexOf(file, TENSORS.get(0).bytes()) - 8;
        assertRefused(
                patched(file, count, 5), "storage a has 5 elements in the stream and 4 in the");
        assertRefused(patched(file, count + 4, -1), "elements in the stream and 4 in the pickle");
        byte[] pickle = CheckpointWriter.stateDict(TENSORS);
        assertRefused(
                CheckpointWriter.stream(pickle, TENSORS.subList(0, 1)),
                "storage b is not in the stream");
        assertRefused(
                CheckpointWriter.stream(CheckpointWriter.stateDict(TENSORS.subList(0, 1)), TENSORS),
                "names one that no tensor has");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]|neither a PyTorch checkpoint nor safetensors",
                "{}|names no tensors",
                "{`a`:3}|a is no object",
                "{`a`:{`dtype`:`F8_E4M3`,`shape`:[2],`data_offsets`:[0,2]}}|dtype F8_E4M3",
                "{`a`:{`dtype`:`F32`,`shape`:[2],`data_offsets`:[0,4]}}|takes 8 bytes",
                "{`a`:{`dtype`:`F32`,`shape`:[2],`data_offsets`:[8,16]}}|begins at 8",
                "{`a`:{`dtype`:`F32`,`shape`:[2],`data_offsets`:[0]}}|no two data_offsets",
                "{`a`:{`dtype`:`F32`,`shape`:[-2],`data_offsets`:[0,8]}}|no natural number",
                "{`a`:{`dtype`:`F32`,`shape`:[2.5],`data_offsets`:[0,8]}}|no natural number",
                "{`a`:{`dtype`:`F32`,`shape`:[99999999999999999999],`data_offsets`:[0,8]}}|header",
                "{`a`:{`dtype`:`F32`,`shape`:[65536,65536],`data_offsets`:[0,8]}}|no possible",
                "{`a`:{`dtype`:`F32`,`shape`:3,`data_offsets`:[0,8]}}|is malformed",
                "{`a`:{`dtype`:`F32`,`shape`:[2],`data_offsets`:[0,8],`x`:1}}|has a field x",
                "{`a`:{`dtype`:`F32`,`shape`:[2],`data_offsets`:[0,8]},`a`:{}}|Duplicate",
                "{`a`:{`dtype`:`F32`,`shape`:[[[[[[2]]]]]],`data_offsets`:[0,8]}}|header",
                "{`a`:{`dtype`:`F32`,`shape`:[4],`data_offsets`:[0,16]}}|file at byte",
                "{`__metadata__`:{`x`:[[[[[[[1]]]]]]]}}|header",
                "{`a`:|header",
            })
    void refusesSafetensorsHeadersThatDoNotAddUp(String header, String why) {
        assertRefused(CheckpointWriter.safetensors(header.replace('`', '"'), TENSORS), why);
    }

    @Test
    void refusesSafetensorsHeadersOfAnyLength() {
        byte[] file = CheckpointWriter.safetensors("{}", List.of());
        assertRefused(patched(file, 0, 1000), "the header needs 1000 bytes");
        assertRefused(patched(file, 4, 1000), "at most 67108864 are read");
        assertRefused(patched(file, 4, -1), "at most 67108864 are read");
    }

    private static Map<String, byte[]> entries(byte[] pickle, String order) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("net/data.pkl", pickle);
        entries.put("net/byteorder", CheckpointWriter.ascii(order));
        TENSORS.forEach(t -> entries.put("net/data/" + t.key(), t.bytes()));
        return entries;
    }

    private static byte[] patched(byte[] file, int at, int value) {
        byte[] patched = file.clone();
        ByteBuffer.wrap(patched).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
        return patched;
    }

    private static int indexOf(byte[] file, byte[] part) {
        for (int at = 0; at <= file.length - part.length; at++) {
            if (Arrays.equals(file, at, at + part.length, part, 0, part.length)) {
                return at;
            }
        }
        throw new AssertionError("not there");
    }

    private void assertRefused(byte[] file, String why) {
        assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(() -> open(file))
                .withMessageContaining(why);
    }

    private Checkpoint open(byte[] file) throws IOException {
        return Checkpoint.open(Files.write(Files.createTempFile(directory, "net", ".pth"), file));
    }
}
