package dev.iresnet.model.card;

/**
 * The file that a model's weights came from.
 *
 * @param file name without directories
 * @param sha256 of its bytes, 64 lower-case hex digits
 */
public record Provenance(String file, String sha256) {
    public Provenance {
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException(
                    "sha256 must be 64 lower-case hex digits, got '" + sha256 + "'");
        }
    }
}
