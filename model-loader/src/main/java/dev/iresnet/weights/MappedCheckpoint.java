package dev.iresnet.weights;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tensors in a mapped file; every reader of a container ends in one. */
final class MappedCheckpoint implements Checkpoint {
    private final MappedFile file;
    private final Map<String, StoredTensor> tensors;
    private final List<String> notes;
    private final List<String> labels;
    private final Map<String, TensorShape> shapes = new LinkedHashMap<>();

    MappedCheckpoint(
            MappedFile file,
            Map<String, StoredTensor> tensors,
            List<String> notes,
            List<String> labels) {
        this.file = file;
        this.tensors = tensors;
        this.notes = List.copyOf(notes);
        this.labels = List.copyOf(labels);
        this.tensors.forEach((key, tensor) -> shapes.put(key, tensor.shape()));
        long bytes = tensors.values().stream().mapToLong(StoredTensor::bytes).sum();
        // Tensors may share a storage, but reading them all must not take unbounded memory
        if (bytes > 2 * file.size()) {
            throw file.refuse(
                    "its tensors add up to %d bytes, the file has %d: overlapping views"
                            .formatted(bytes, file.size()));
        }
    }

    @Override
    public Map<String, TensorShape> shapes() {
        return Collections.unmodifiableMap(shapes);
    }

    @Override
    public float[] read(String key) {
        StoredTensor tensor = tensors.get(key);
        if (tensor == null) {
            throw new IllegalArgumentException("no tensor " + key);
        }
        return tensor.read();
    }

    @Override
    public List<String> labels() {
        return labels;
    }

    @Override
    public List<String> notes() {
        return notes;
    }

    @Override
    public String sha256() {
        return file.sha256();
    }

    /** The mapping ends when the buffers are collected: Java 17 has no safe way to end it. */
    @Override
    public void close() {}
}
