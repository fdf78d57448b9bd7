package dev.iresnet.benchmark.job;

/**
 * A model that computes nothing, and wants next to nothing: the middle pixels of a picture, at the
 * picture's own size or shrunk to that of a network.
 *
 * @param side to which a picture's shorter side is brought; equal to it, no pixel is computed; 0
 *     for the real model instead
 * @param classes that it tells apart, 1 or more
 * @param batchMillis that a batch takes, whatever its size, as on a GPU
 */
public record StandIn(int side, int classes, int batchMillis) {
    /** None: the real model. */
    public static final StandIn NONE = new StandIn(0, 1, 0);

    public StandIn {
        if (side < 0 || classes < 1 || batchMillis < 0) {
            throw new IllegalArgumentException(
                    "side and time must be 0 or more and classes 1 or more, got %d, %d and %d"
                            .formatted(side, batchMillis, classes));
        }
    }

    /** One that costs nothing: what is left is the stream path. */
    public static StandIn free(int side, int classes) {
        return new StandIn(side, classes, 0);
    }
}
