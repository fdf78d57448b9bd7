package dev.iresnet.weights;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
     * @throws CheckpointException if it is neither, is damaged, or holds no weights or those of
     *     several networks
     */
    static Checkpoint open(Path file) {
        return open(file, Optional.empty());
    }

    /**
     * The same for a file that may hold several networks.
     *
     * @param entry where the one that is wanted lies: the keys of dicts that lead to it and the
     *     prefix of its keys, joined by dots, for example {@code model_ema.module}
     */
    static Checkpoint open(Path file, Optional<String> entry) {
        MappedFile mapped = MappedFile.open(file);
        return ContainerFormat.of(mapped).read(mapped, entry);
    }

    /**
     * The shape of every tensor by key, in the file's order. Keys are those of the network, without
     * what wrappers put before them; its one dense layer is {@code fc}, whatever the file calls it.
     */
    Map<String, TensorShape> shapes();

    /**
     * Names of a detector's classes without the background's, where the file has them: NVIDIA's
     * {@code label_map}. Empty where it has not.
     */
    List<String> labels();

    /** Sentences on what was chosen among the file's tensors and what was skipped. */
    List<String> notes();

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
