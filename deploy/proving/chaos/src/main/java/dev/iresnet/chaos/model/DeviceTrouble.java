package dev.iresnet.chaos.model;

/** What a device can be made to do. */
public enum DeviceTrouble {
    /** Takes a while longer for each batch. */
    SLOW,
    /** Fails at the next batch, as a driver does that has lost its device. */
    FAILS,
    /** Has no memory for more than one frame, and is slow, so that batches have more. */
    OUT_OF_MEMORY;

    /** Under which the device reads its orders. */
    public static final String SWITCH = "device";
}
