package dev.iresnet.chaos.trouble;

import java.time.Duration;

/** What a device can be made to do. */
public enum DeviceTrouble {
    /** Takes a while longer for each batch. */
    SLOW,
    /** Fails at the next batch, as a driver does that has lost its device. */
    FAILS,
    /** Has no memory for more than one frame, and is slow, so that batches have more. */
    OUT_OF_MEMORY,
    /** Takes the same time for each batch, whatever its size, as a GPU about does. */
    STEADY;

    /** For which a steady device has a batch. */
    public static final Duration STEADY_TIME = Duration.ofMillis(100);

    /** Under which the device reads its orders. */
    public static final String SWITCH = "device";
}
