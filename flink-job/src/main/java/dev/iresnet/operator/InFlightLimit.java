package dev.iresnet.operator;

import java.io.Serializable;

/**
 * How much a slot may have under way. Whichever is reached first holds.
 *
 * @param frames at most that are not answered; those that are wait for their turn besides
 * @param bytes of their records at most; a record that is larger goes alone
 */
public record InFlightLimit(int frames, long bytes) implements Serializable {
    public InFlightLimit {
        if (frames < 1 || bytes < 1) {
            throw new IllegalArgumentException(
                    "input.max-in-flight and input.max-in-flight-bytes must be at least 1, got "
                            + frames
                            + " and "
                            + bytes);
        }
    }
}
