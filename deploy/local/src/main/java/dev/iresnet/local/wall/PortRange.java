package dev.iresnet.local.wall;

/**
 * Ports of which the first free one is taken.
 *
 * @param first 0..65535; 0 for any free port
 * @param last {@code first} or more
 */
public record PortRange(int first, int last) {

    public PortRange {
        if (first < 0 || last < first || last > 65_535) {
            throw new IllegalArgumentException(
                    "ports must be 0..65535 in order, got %d-%d".formatted(first, last));
        }
    }

    /** One port and no other. */
    public static PortRange of(int port) {
        return new PortRange(port, port);
    }

    @Override
    public String toString() {
        return first == last ? Integer.toString(first) : first + "-" + last;
    }
}
