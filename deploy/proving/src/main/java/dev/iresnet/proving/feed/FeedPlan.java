package dev.iresnet.proving.feed;

/**
 * Who sends how much.
 *
 * @param cameras at least 1
 * @param framesPerSecond of all cameras together; 0 sends as fast as the broker takes them
 * @param frames after which the feed ends
 * @param seed of everything that is random: phases or gaps, order of pictures, event ids
 * @param spacing of the frames
 */
public record FeedPlan(
        int cameras, double framesPerSecond, long frames, long seed, Spacing spacing) {
    /** For {@code frames}: until it is stopped. */
    public static final long UNLIMITED = Long.MAX_VALUE;

    /** How frames follow each other. */
    public enum Spacing {
        /** All cameras have the same period, and each a random, fixed phase. */
        PERIODIC,
        /** Gaps are exponential, as of many sources that are independent of each other. */
        POISSON
    }

    public FeedPlan {
        require(cameras >= 1, "cameras must be at least 1, got " + cameras);
        require(
                framesPerSecond >= 0 && Double.isFinite(framesPerSecond),
                "frames per second must be 0 or more, got " + framesPerSecond);
        require(frames >= 0, "frames must be 0 or more, got " + frames);
        require(
                spacing == Spacing.PERIODIC || framesPerSecond > 0,
                "Poisson arrivals need a rate of frames per second, got 0");
    }

    /** With cameras that have a period. */
    public FeedPlan(int cameras, double framesPerSecond, long frames, long seed) {
        this(cameras, framesPerSecond, frames, seed, Spacing.PERIODIC);
    }

    private static void require(boolean right, String message) {
        if (!right) {
            throw new IllegalArgumentException(message);
        }
    }

    /** Whether frames are due at a time; otherwise they are due when there is room for them. */
    public boolean isPaced() {
        return framesPerSecond > 0;
    }
}
