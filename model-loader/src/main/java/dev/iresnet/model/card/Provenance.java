package dev.iresnet.model.card;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a model's weights came from: a file, or training on the pictures of a directory.
 *
 * @param file name without directories
 * @param sha256 of its bytes, or of the pictures' digests; 64 lower-case hex digits
 * @param training options and results by name, sorted; empty for a file
 */
public record Provenance(String file, String sha256, Map<String, String> training) {

    /** A file. */
    public Provenance(String file, String sha256) {
        this(file, sha256, Map.of());
    }

    public Provenance {
        training = Collections.unmodifiableMap(new TreeMap<>(training));
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException(
                    "sha256 must be 64 lower-case hex digits, got '" + sha256 + "'");
        }
    }
}
