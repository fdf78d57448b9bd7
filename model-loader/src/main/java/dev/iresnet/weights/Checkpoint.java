package dev.iresnet.weights;

import java.nio.file.Path;
import java.util.Map;

/**
 * The tensors of one network, as a training framework saved them: PyTorch's names and layouts
 * (convolution OIHW, dense [out, in]).
 *
 * <p>Opening a checkpoint reads its directory only; numbers are read by {@link #read}. Not
 * thread-safe.
 */
public interface Checkpoint extends AutoCloseable {

    /**
     * Opens a file of PyTorch (zip or the older stream) or safetensors; which one, its first bytes
     * tell.
     *
     * @throws CheckpointException if it is neither, is damaged, or holds more than weights
     */
    static Checkpoint open(Path file) {
        MappedFile mapped = MappedFile.open(file);
        return ContainerFormat.of(mapped).read(mapped);
    }

    /** Shape of every tensor by key, in the file's order, keys without a {@code module.} prefix. */
    Map<String, Shape> shapes();

    /**
     * Reads one tensor.
     *
     * @param key one of {@link #shapes()}
     * @return a fresh, contiguous, row-major copy as float32; values beyond its range become
     *     infinite
     * @throws CheckpointException if the file is damaged there
     * @throws IllegalArgumentException if there is no such key
     */
    float[] read(String key);

    /** SHA-256 of the file, 64 lower-case hex digits; reads all of it. */
    String sha256();

    @Override
    void close();
}
