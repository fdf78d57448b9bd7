package dev.iresnet.model;

import dev.iresnet.image.Preprocessing;
import java.util.List;
import java.util.Optional;

/**
 * What a result needs to know of the model that made it.
 *
 * @param name directory name above the version
 * @param version directory name of the version, 1 or more
 * @param digest SHA-256 of the model's {@code SHA256SUMS}, 64 lower-case hex digits
 * @param task what it is for
 * @param labels by class index
 * @param preprocessing picture to input
 * @param detection which boxes a detector tells; empty for other tasks
 * @param clip what a network for clips takes; empty for other tasks
 */
public record ModelDescription(
        String name,
        long version,
        String digest,
        Task task,
        List<String> labels,
        Preprocessing preprocessing,
        Optional<DetectionRule> detection,
        Optional<ClipRule> clip) {
    public ModelDescription {
        labels = List.copyOf(labels);
    }

    /** With the boxes of its task's default; for pictures. */
    public ModelDescription(
            String name,
            long version,
            String digest,
            Task task,
            List<String> labels,
            Preprocessing preprocessing) {
        this(
                name,
                version,
                digest,
                task,
                labels,
                preprocessing,
                Optional.empty(),
                Optional.empty());
    }

    /** Of a classifier. */
    public ModelDescription(
            String name,
            long version,
            String digest,
            List<String> labels,
            Preprocessing preprocessing) {
        this(name, version, digest, Task.CLASSIFICATION, labels, preprocessing);
    }

    /** Bytes of one sample: height x width x 3, of a clip as often as it has frames. */
    public int sampleBytes() {
        return Math.multiplyExact(preprocessing.cropBytes(), clip.map(ClipRule::frames).orElse(1));
    }
}
