package dev.iresnet.model.savedmodel;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.iresnet.model.ModelException;
import dev.iresnet.model.card.BoundedFile;
import dev.iresnet.model.card.ModelDirectory;
import java.io.IOException;
import java.nio.file.Path;
import org.tensorflow.proto.SavedModel;

/** {@code saved_model.pb}. */
public final class SavedModelFile {
    /** Of a protocol buffer; a little less than Java's longest array. */
    private static final long LARGEST = Integer.MAX_VALUE - 64;

    private static final String ADVICE =
            "TensorFlow takes 2 GB, Java a quarter of its heap (-Xmx): keep weights in variables,"
                    + " which have files of their own";

    private SavedModelFile() {}

    /**
     * Parses it, with no check of what it says.
     *
     * @param version directory that holds it
     * @throws ModelException if it cannot be read, is no SavedModel, or is too large: TensorFlow
     *     takes 2 GB at most, and more than a quarter of the heap does not fit while it is parsed
     */
    public static SavedModel read(Path version) {
        return read(version.resolve(ModelDirectory.GRAPH), Runtime.getRuntime().maxMemory());
    }

    static SavedModel read(Path file, long heap) {
        try {
            return SavedModel.parseFrom(
                    BoundedFile.read(file, Math.min(LARGEST, heap / 4), ADVICE));
        } catch (InvalidProtocolBufferException e) {
            throw new ModelException(file + " is not a SavedModel: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new ModelException("Cannot read %s: %s".formatted(file, e), e);
        }
    }
}
