package dev.iresnet.benchmark.experiment;

/**
 * How a run is measured.
 *
 * @param rounds of each comparison, 1 or more
 * @param seconds that a round of each side takes, about
 * @param device that the model runs on
 */
public record Conditions(int rounds, double seconds, Device device) {
    /** What is asked of a run whose figures count. */
    public static final Conditions FULL = new Conditions(7, 6, Device.CPU);

    /** For a look. */
    public static final Conditions QUICK = new Conditions(3, 2, Device.CPU);

    /** Where the model computes. */
    public enum Device {
        CPU,
        GPU
    }

    public Conditions {
        if (rounds < 1 || !(seconds > 0)) {
            throw new IllegalArgumentException(
                    "rounds must be 1 or more and seconds above 0, got %d and %s"
                            .formatted(rounds, seconds));
        }
    }

    /** Whether the figures count. */
    public boolean isFull() {
        return rounds >= FULL.rounds();
    }
}
