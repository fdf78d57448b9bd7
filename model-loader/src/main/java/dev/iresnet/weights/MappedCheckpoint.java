package dev.iresnet.weights;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Tensors in a mapped file; every reader of a container ends in one. */
final class MappedCheckpoint implements Checkpoint {
    /** What data-parallel training and {@code torch.compile} put before every key. */
    private static final List<String> PREFIXES = List.of("module.", "_orig_mod.");

    private final MappedFile file;
    private final Map<String, StoredTensor> tensors;
    private final Map<String, Shape> shapes = new LinkedHashMap<>();

    MappedCheckpoint(MappedFile file, Map<String, StoredTensor> tensors) {
        this.file = file;
        this.tensors = withoutPrefix(tensors);
        this.tensors.forEach((key, tensor) -> shapes.put(key, tensor.shape()));
        long bytes = tensors.values().stream().mapToLong(StoredTensor::bytes).sum();
        // Tensors may share a storage, but whoever reads them all must not need memory without end
        if (bytes > 2 * file.size()) {
            throw file.refuse(
                    "its tensors add up to %d bytes, the file has %d: overlapping views"
                            .formatted(bytes, file.size()));
        }
    }

    @Override
    public Map<String, Shape> shapes() {
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
    public String sha256() {
        return file.sha256();
    }

    /** The mapping ends when the buffers are collected: Java 17 has no safe way to end it. */
    @Override
    public void close() {}

    private static Map<String, StoredTensor> withoutPrefix(Map<String, StoredTensor> tensors) {
        Map<String, StoredTensor> bare = tensors;
        for (String prefix : PREFIXES) {
            if (bare.keySet().stream().allMatch(key -> key.startsWith(prefix))) {
                bare =
                        bare.entrySet().stream()
                                .collect(
                                        Collectors.toMap(
                                                e -> e.getKey().substring(prefix.length()),
                                                Map.Entry::getValue,
                                                (a, b) -> b,
                                                LinkedHashMap::new));
            }
        }
        return bare;
    }
}
