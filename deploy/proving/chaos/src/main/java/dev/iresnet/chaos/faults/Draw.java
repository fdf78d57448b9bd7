package dev.iresnet.chaos.faults;

import java.time.Duration;

/**
 * A fault as it was drawn.
 *
 * @param calm time before it, after the recovery from the one before
 * @param length time for which it lasts; of a kill, until the process is started again
 * @param choice 0 or more: which of several, modulo their number
 */
public record Draw(FaultKind kind, Duration calm, Duration length, int choice) {

    public Draw {
        if (choice < 0) {
            throw new IllegalArgumentException("choice must be 0 or more, got " + choice);
        }
    }
}
