package dev.iresnet.tensorflow;

/**
 * What TensorFlow takes of a GPU's memory.
 *
 * @param growth take it as it is needed, and give none back; otherwise nearly all of it at once
 * @param limitBytes the most that is taken, a mebibyte or more; 0 for no limit
 */
public record GpuMemory(boolean growth, long limitBytes) {

    /** As it is needed, up to all there is. */
    public static final GpuMemory AS_NEEDED = new GpuMemory(true, 0);

    private static final long MEBIBYTE = 1 << 20;

    public GpuMemory {
        if (limitBytes != 0 && limitBytes < MEBIBYTE) {
            throw new IllegalArgumentException(
                    "limitBytes must be 0, or a mebibyte or more, got " + limitBytes);
        }
    }

    /** TensorFlow counts in these. */
    float limitMebibytes() {
        return (float) limitBytes / MEBIBYTE;
    }
}
