package dev.iresnet.chaos.flood;

import dev.iresnet.chaos.trouble.DeviceTrouble;

/** What labels the frames. */
enum Device {
    /** The demo's network on this machine's processors, in batches of at most four. */
    CPU(4),
    /** The same, padded to a constant time a batch: a device that is the bottleneck. */
    STEADY(16);

    private static final double MILLIS_PER_SECOND = 1000;

    private final int batch;

    Device(int batch) {
        this.batch = batch;
    }

    /** Frames a batch at most. */
    int batch() {
        return batch;
    }

    /**
     * Frames a second that it can do.
     *
     * @param measured what was measured of the processors
     */
    double capacity(double measured) {
        return switch (this) {
            case CPU -> measured;
            case STEADY -> batch * MILLIS_PER_SECOND / DeviceTrouble.STEADY_TIME.toMillis();
        };
    }
}
