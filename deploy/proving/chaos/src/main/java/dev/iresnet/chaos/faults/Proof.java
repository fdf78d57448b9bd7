package dev.iresnet.chaos.faults;

import java.time.Duration;
import java.time.Instant;

/**
 * What shows that a fault bit.
 *
 * @param bit whether it did
 * @param target what it was done to
 * @param text what was seen
 * @param away for how long the target was not there, as far as that is known
 * @param repaired when its cause was over
 */
public record Proof(boolean bit, String target, String text, Duration away, Instant repaired) {

    static Proof now(boolean bit, String target, String text) {
        return new Proof(bit, target, text, Duration.ZERO, Instant.now());
    }

    /** The same of a target that was away since then, and is back now. */
    Proof awaySince(Instant since) {
        Instant now = Instant.now();
        return new Proof(bit, target, text, Duration.between(since, now), now);
    }
}
