package dev.iresnet.engine.batch;

import java.io.Serializable;
import java.time.Duration;

/**
 * When a batch goes to the device.
 *
 * @param maxSize frames a batch at most, 1 to {@value #LARGEST}
 * @param maxDelay how long the oldest ready frame may wait for company while a device is free; zero
 *     does not wait (see {@link Batcher} for how much then goes), at most a minute
 */
public record BatchPolicy(int maxSize, Duration maxDelay) implements Serializable {
    private static final int LARGEST = 1024;
    private static final Duration LONGEST = Duration.ofMinutes(1);

    public BatchPolicy {
        if (maxSize < 1 || maxSize > LARGEST) {
            throw new IllegalArgumentException(
                    "batch.max-size must be 1.." + LARGEST + ", got " + maxSize);
        }
        if (maxDelay.isNegative() || maxDelay.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "batch.max-delay must be 0.." + LONGEST + ", got " + maxDelay);
        }
    }
}
