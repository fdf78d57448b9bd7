package dev.iresnet.chaos.flood;

import java.time.Duration;
import java.util.List;

/**
 * What a run is to be.
 *
 * @param stretch length of each stretch
 * @param repetitions of both stretches, alone and under the flood, in turns
 * @param devices on which, in order
 * @param jobOptions in addition to those that every run has
 */
record FloodOptions(
        Duration stretch, int repetitions, List<Device> devices, List<String> jobOptions) {
    /** Cameras that are not the flood. */
    static final int OTHERS = 16;

    /** The flood's rate, in that of one of the others. */
    static final int TIMES = 100;

    /** What the others ask of the device's capacity; the flood asks 1.6 times the capacity. */
    static final double OTHERS_LOAD = 0.25;

    /** The job's {@code freshness.max-age}. */
    static final Duration MAX_AGE = Duration.ofSeconds(2);

    /** Of each stretch, which does not count. */
    static final Duration LEAD = Duration.ofSeconds(3);

    FloodOptions {
        devices = List.copyOf(devices);
        jobOptions = List.copyOf(jobOptions);
        if (stretch.compareTo(LEAD.multipliedBy(2)) < 0 || repetitions < 1) {
            throw new IllegalArgumentException(
                    "--seconds must be %d or more and --repetitions 1 or more, got %d and %d"
                            .formatted(2 * LEAD.toSeconds(), stretch.toSeconds(), repetitions));
        }
    }

    /** Frames a second of one of the others. */
    static double rate(double capacity) {
        return OTHERS_LOAD * capacity / OTHERS;
    }
}
