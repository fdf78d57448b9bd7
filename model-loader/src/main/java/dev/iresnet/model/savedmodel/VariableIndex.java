package dev.iresnet.model.savedmodel;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.iresnet.model.ModelException;
import dev.iresnet.model.card.BoundedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.tensorflow.proto.BundleEntryProto;
import org.tensorflow.proto.BundleHeaderProto;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.TensorShapeProto;

/**
 * {@code variables.index}: which variable lies where in the files beside it ({@code
 * tensorflow/core/util/tensor_bundle}). Checked to the last entry, because TensorFlow trusts its
 * sizes and ends the process where there is no memory for them.
 */
public final class VariableIndex {
    private static final long LARGEST = 1 << 28;
    private static final String HEADER = ""; // its key

    private final Path file;
    private final int shards;

    private VariableIndex(Path file, int shards) {
        this.file = file;
        this.shards = shards;
    }

    /**
     * Checks the index of a version, if it has variables.
     *
     * @throws ModelException naming the file and what is wrong with it
     */
    public static void check(Path version) {
        Path file = version.resolve("variables").resolve("variables.index");
        if (!Files.exists(file)) {
            return;
        }
        try {
            byte[] table = BoundedFile.read(file, LARGEST, "That is more than a million variables");
            check(file, SortedTable.read(table));
        } catch (IllegalArgumentException | InvalidProtocolBufferException e) {
            throw new ModelException(file + " is damaged: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new ModelException("Cannot read %s: %s".formatted(file, e), e);
        }
    }

    private static void check(Path file, Map<String, byte[]> entries) throws IOException {
        byte[] header = entries.remove(HEADER);
        if (header == null) {
            throw new IllegalArgumentException("it has no header");
        }
        VariableIndex index =
                new VariableIndex(file, BundleHeaderProto.parseFrom(header).getNumShards());
        for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
            index.check(entry.getKey(), BundleEntryProto.parseFrom(entry.getValue()));
        }
    }

    private void check(String key, BundleEntryProto entry) throws IOException {
        if (entry.getSlicesCount() > 0) {
            throw new IllegalArgumentException(key + " is kept in slices, which are not read");
        }
        if (entry.getShardId() < 0 || entry.getShardId() >= shards) {
            throw new IllegalArgumentException(
                    "%s lies in part %d of %d".formatted(key, entry.getShardId(), shards));
        }
        String part = "variables.data-%05d-of-%05d".formatted(entry.getShardId(), shards);
        Path data = file.resolveSibling(part);
        long length = Files.isRegularFile(data) ? Files.size(data) : 0;
        long size = entry.getSize();
        if (entry.getOffset() < 0 || size < 0 || entry.getOffset() > length - size) {
            throw new IllegalArgumentException(
                    "%s lies at %d to %d of %s, which has %d bytes"
                            .formatted(
                                    key,
                                    entry.getOffset(),
                                    entry.getOffset() + size,
                                    part,
                                    length));
        }
        long elements = elements(key, entry.getShape(), size);
        int width = width(entry.getDtype());
        if (width > 0 && elements * width != size) {
            throw new IllegalArgumentException(
                    "%s has %d elements of %s in %d bytes"
                            .formatted(key, elements, entry.getDtype(), size));
        }
    }

    /** At most one a byte. */
    private static long elements(String key, TensorShapeProto shape, long most) {
        long elements = 1;
        for (TensorShapeProto.Dim dim : shape.getDimList()) {
            if (dim.getSize() < 0 || (elements > 0 && dim.getSize() > most / elements)) {
                throw new IllegalArgumentException(
                        "%s has more elements than its %d bytes".formatted(key, most));
            }
            elements *= dim.getSize();
        }
        return elements;
    }

    /** Bytes an element; 0 where that depends on the element. */
    private static int width(DataType type) {
        return switch (type) {
            case DT_STRING -> 0;
            case DT_BOOL, DT_INT8, DT_UINT8 -> 1;
            case DT_BFLOAT16, DT_HALF, DT_INT16, DT_UINT16 -> 2;
            case DT_FLOAT, DT_INT32, DT_UINT32 -> 4;
            case DT_DOUBLE, DT_INT64, DT_UINT64 -> 8;
            default -> throw new IllegalArgumentException("variables of type " + type);
        };
    }
}
