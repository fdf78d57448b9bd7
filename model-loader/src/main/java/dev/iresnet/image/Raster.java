package dev.iresnet.image;

/** Pixels of a whole picture, read a piece of a row at a time. */
interface Raster extends AutoCloseable {
    int width();

    int height();

    /** What these pixels are of. */
    default Reduction reduction() {
        return Reduction.none(width(), height());
    }

    /**
     * Copies columns {@code from} to {@code to} (exclusive) of row {@code y}.
     *
     * @param rgb receives 3 bytes a pixel, R, G, B, from index 0
     */
    void readRow(int y, int from, int to, byte[] rgb);

    @Override
    default void close() {}
}
