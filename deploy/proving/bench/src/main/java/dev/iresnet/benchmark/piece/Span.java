package dev.iresnet.benchmark.piece;

/**
 * An order: to do it for a while.
 *
 * @param seconds at least, above 0
 */
public record Span(double seconds) {
    public Span {
        if (!(seconds > 0)) {
            throw new IllegalArgumentException("seconds must be above 0, got " + seconds);
        }
    }

    /** Whether the time is up. */
    public boolean isOver(long startNanos) {
        return System.nanoTime() - startNanos >= seconds * 1e9;
    }
}
