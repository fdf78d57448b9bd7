package dev.iresnet.operator;

import java.io.Serializable;
import java.time.Duration;

/**
 * How much a slot may have under way. Whichever is reached first holds.
 *
 * @param frames at most that are not answered; those that are wait for their turn besides
 * @param bytes of their records at most, and of crops or clips; what is larger goes alone
 * @param decoding time that the decoding of their pictures may take at most; a picture that takes
 *     longer goes alone. The same time is for the device, of what waits for it in a job for clips
 */
public record InFlightLimit(int frames, long bytes, Duration decoding) implements Serializable {
    public InFlightLimit {
        if (frames < 1 || bytes < 1) {
            throw new IllegalArgumentException(
                    "input.max-in-flight and input.max-in-flight-bytes must be at least 1, got "
                            + frames
                            + " and "
                            + bytes);
        }
    }

    /** One that lets decoding take as long as it takes. */
    InFlightLimit(int frames, long bytes) {
        this(frames, bytes, Duration.ofNanos(Long.MAX_VALUE));
    }
}
