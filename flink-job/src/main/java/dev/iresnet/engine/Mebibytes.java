package dev.iresnet.engine;

/** Amounts of memory for messages, in MiB. */
public final class Mebibytes {
    private static final long BYTES = 1 << 20;

    private Mebibytes() {}

    /** The fewest that hold so many bytes. */
    public static long holding(long bytes) {
        return (bytes + BYTES - 1) / BYTES;
    }

    /** The most that so many bytes hold. */
    public static long within(long bytes) {
        return bytes / BYTES;
    }
}
