package dev.iresnet.image;

/**
 * What a single picture may cost, checked before memory is taken for it.
 *
 * @param maxBytes encoded bytes
 * @param maxPixels width x height
 */
public record DecodeLimits(int maxBytes, long maxPixels) {
    /** 16 MiB encoded, 50 megapixels. */
    public static final DecodeLimits DEFAULT = new DecodeLimits(16 << 20, 50_000_000L);

    public DecodeLimits {
        if (maxBytes < 1 || maxPixels < 1) {
            throw new IllegalArgumentException(
                    "limits must be positive, got "
                            + maxBytes
                            + " bytes, "
                            + maxPixels
                            + " pixels");
        }
    }
}
