package dev.iresnet.chaos.fault;

import java.time.Instant;

/**
 * What shows that a fault bit.
 *
 * @param bit whether it did
 * @param target what it was done to
 * @param text what was seen
 * @param repaired when its cause was over
 */
public record Proof(boolean bit, String target, String text, Instant repaired) {

    static Proof now(boolean bit, String target, String text) {
        return new Proof(bit, target, text, Instant.now());
    }
}
