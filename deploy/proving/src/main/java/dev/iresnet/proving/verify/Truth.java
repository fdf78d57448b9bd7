package dev.iresnet.proving.verify;

import dev.iresnet.proving.manifest.ManifestEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What a frame shows, by the name of the folder that its picture lies in, where that name is one of
 * the network's labels. Other folders tell nothing.
 */
final class Truth {
    private final Set<String> labels;

    Truth(Set<String> labels) {
        this.labels = Set.copyOf(labels);
    }

    /** From a file with a label a line. */
    static Truth of(Path file) throws IOException {
        return new Truth(new HashSet<>(Files.readAllLines(file)));
    }

    Optional<String> of(ManifestEntry entry) {
        String[] parts = entry.file().split("/", -1);
        return parts.length < 2
                ? Optional.empty()
                : Optional.of(parts[parts.length - 2]).filter(labels::contains);
    }
}
