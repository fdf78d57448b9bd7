package dev.iresnet.chaos.swaps;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * Something that was done to the model while frames flowed.
 *
 * @param version the number that was published or pinned
 * @param began when it was there to be seen
 * @param ended when each TaskManager was seen to have taken or refused it
 */
record Change(Kind kind, long version, Instant began, Instant ended) {

    /** What a change can be. */
    enum Kind {
        /** A new version. */
        SWAP,
        /** A version that cannot be used. */
        REFUSAL,
        /** The version before, pinned. */
        ROLLBACK,
        /** The newest again, after the pin was taken away. */
        RELEASE;

        /** Name in reports. */
        String member() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether another version serves after it. */
    boolean isTaken() {
        return kind != Kind.REFUSAL;
    }

    Duration took() {
        return Duration.between(began, ended);
    }

    boolean covers(Instant moment) {
        return !moment.isBefore(began) && moment.isBefore(ended);
    }
}
