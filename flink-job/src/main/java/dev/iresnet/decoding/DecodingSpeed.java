package dev.iresnet.decoding;

import java.time.Duration;

/**
 * How fast a decoder thread gets work done. Nothing is measured beforehand: a core that is idle at
 * the start says little of one that shares its machine with a busy network. It begins with what a
 * slow core does, and follows the decodes of late, by their work and time summed up. Thread-safe.
 */
public final class DecodingSpeed {
    /** Work a second of a slow core, in the unit of {@link dev.iresnet.image.DecodeLimits}. */
    private static final long SLOW = 400_000_000L;

    /** Some kinds of pictures take less than their work: that is not counted on for others. */
    private static final long FASTEST = 4 * SLOW;

    /** Decoding that the start counts for, and that older decodes are forgotten after. */
    private static final double START = Duration.ofSeconds(1).toNanos();

    private static final double MEMORY = 8 * START;

    private double nanos = START;
    private double work = START / Duration.ofSeconds(1).toNanos() * SLOW;

    /** How long a decoder of a slow machine is busy with this much work. */
    public static Duration atMost(long work) {
        return Duration.ofMillis(work / (SLOW / 1000));
    }

    /** A decoder has done this much work in this time. */
    synchronized void observe(long moreWork, long moreNanos) {
        work += moreWork;
        nanos += moreNanos;
        if (nanos > MEMORY) {
            // the ratio stays
            work /= 2;
            nanos /= 2;
        }
    }

    /** What a decoder gets done in this time. */
    synchronized double workIn(Duration time) {
        double perNano = work / nanos;
        return time.toNanos()
                * Math.min(perNano, (double) FASTEST / Duration.ofSeconds(1).toNanos());
    }
}
