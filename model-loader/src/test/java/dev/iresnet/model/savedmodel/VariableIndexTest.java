package dev.iresnet.model.savedmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.MessageLite;
import dev.iresnet.model.ModelException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.BundleEntryProto;
import org.tensorflow.proto.BundleHeaderProto;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.proto.TensorSliceProto;

/** Indices whose sums fit, and what stands in them does not. Runs without native code. */
class VariableIndexTest {
    private static final BundleHeaderProto HEADER =
            BundleHeaderProto.newBuilder().setNumShards(1).build();

    @TempDir Path version;

    @BeforeEach
    void writeTwentyBytesOfData() throws IOException {
        Files.createDirectories(version.resolve("variables"));
        Files.write(version.resolve("variables/variables.data-00000-of-00001"), new byte[20]);
    }

    @Test
    void takesWhatLiesWithinItsFile() throws IOException {
        write(Map.of("", HEADER, "w", entry(5).build()));

        assertThatCode(() -> VariableIndex.check(version)).doesNotThrowAnyException();
    }

    @Test
    void takesWhatTensorFlowWrites() {
        Path saved = Path.of("src/test/resources/savedmodels/keras-float");

        assertThatCode(() -> VariableIndex.check(saved)).doesNotThrowAnyException();
    }

    @Test
    void refusesWhatReachesBeyondItsFile() throws IOException {
        assertRefused(entry(6), "w lies at 0 to 24 of variables.data-00000-of-00001");
        assertRefused(entry(5).setOffset(1), "w lies at 1 to 21");
        assertRefused(entry(5).setOffset(-1), "w lies at -1");
        assertRefused(entry(5).setOffset(Long.MAX_VALUE), "w lies at 9223372036854775807");
        assertRefused(entry(5).setShardId(1), "w lies in part 1 of 1");
    }

    @Test
    void refusesAShapeThatDoesNotFitTheBytes() throws IOException {
        assertRefused(entry(5).setShape(shape(4)), "w has 4 elements of DT_FLOAT in 20 bytes");
        assertRefused(entry(5).setShape(shape(1L << 40)), "w has more elements than its 20 bytes");
        assertRefused(
                entry(5).setShape(shape(1L << 32, 1L << 32)), "w has more elements than its 20");
        assertRefused(entry(5).setShape(shape(-5)), "w has more elements than its 20 bytes");
        assertRefused(entry(5).setDtype(DataType.DT_VARIANT), "variables of type DT_VARIANT");
        assertRefused(
                entry(5).addSlices(TensorSliceProto.getDefaultInstance()), "w is kept in slices");
    }

    @Test
    void refusesAnIndexWithoutAHeader() throws IOException {
        write(Map.of("w", entry(5).build()));

        assertThatThrownBy(() -> VariableIndex.check(version)).hasMessageContaining("no header");
    }

    @Test
    void refusesEveryCut() throws IOException {
        Path file = write(Map.of("", HEADER, "w", entry(5).build()));
        byte[] sound = Files.readAllBytes(file);
        for (int length = 0; length < sound.length; length++) {
            byte[] cut = new byte[length];
            System.arraycopy(sound, 0, cut, 0, length);
            Files.write(file, cut);
            assertThatThrownBy(() -> VariableIndex.check(version))
                    .isInstanceOf(ModelException.class);
        }
    }

    @Test
    void refusesEveryChangeOfAByteOrReadsTheSame() throws IOException {
        Path file = write(Map.of("", HEADER, "w", entry(5).build()));
        byte[] sound = Files.readAllBytes(file);
        int refused = 0;
        for (int i = 0; i < sound.length; i++) {
            sound[i] ^= 0x41;
            Files.write(file, sound);
            try {
                VariableIndex.check(version);
            } catch (ModelException e) {
                refused++;
            }
            sound[i] ^= 0x41;
        }
        // the rest is the footer's filling
        assertThat(refused).isGreaterThan(sound.length - 48);
    }

    private static BundleEntryProto.Builder entry(long floats) {
        return BundleEntryProto.newBuilder()
                .setDtype(DataType.DT_FLOAT)
                .setShape(shape(floats))
                .setSize(4 * floats);
    }

    private static TensorShapeProto.Builder shape(long... sizes) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (long size : sizes) {
            shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
        }
        return shape;
    }

    private void assertRefused(BundleEntryProto.Builder entry, String reason) throws IOException {
        write(Map.of("", HEADER, "w", entry.build()));

        assertThatThrownBy(() -> VariableIndex.check(version))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("variables.index is damaged: " + reason);
    }

    /** A table of one block, with sums that fit. */
    private Path write(Map<String, ? extends MessageLite> entries) throws IOException {
        ByteArrayOutputStream table = new ByteArrayOutputStream();
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        entries.forEach((key, value) -> entry(data, key, value.toByteArray()));
        byte[] meta = block(table, new ByteArrayOutputStream());
        byte[] first = block(table, data);
        ByteArrayOutputStream index = new ByteArrayOutputStream();
        entry(index, "z", first);
        byte[] last = block(table, index);
        ByteBuffer footer = ByteBuffer.allocate(48).order(ByteOrder.LITTLE_ENDIAN);
        footer.put(meta).put(last).putLong(40, 0xdb4775248b80fb57L);
        table.writeBytes(footer.array());
        return Files.write(version.resolve("variables/variables.index"), table.toByteArray());
    }

    private static void entry(ByteArrayOutputStream block, String key, byte[] value) {
        block.write(0);
        block.write(key.length());
        block.write(value.length);
        block.writeBytes(key.getBytes(StandardCharsets.UTF_8));
        block.writeBytes(value);
    }

    /** Writes a block and returns its handle; offsets stay below 128, a byte each. */
    private static byte[] block(ByteArrayOutputStream table, ByteArrayOutputStream entries) {
        byte[] handle = {(byte) table.size(), (byte) (entries.size() + 8)};
        ByteBuffer block = ByteBuffer.allocate(entries.size() + 13).order(ByteOrder.LITTLE_ENDIAN);
        block.put(entries.toByteArray()).putInt(0).putInt(1).put((byte) 0);
        CRC32C crc = new CRC32C();
        crc.update(block.array(), 0, block.position());
        block.putInt(Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8);
        table.writeBytes(block.array());
        return handle;
    }
}
