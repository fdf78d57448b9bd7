package dev.iresnet.proving.verify;

import java.time.Duration;
import java.time.Instant;

/**
 * How long a verifier waits.
 *
 * @param linger after everything is answered, for answers that should not come
 * @param idle without any answer while some are outstanding, once the manifest is closed
 * @param total whatever happens
 */
record Timeouts(Duration linger, Duration idle, Duration total) {

    /**
     * Whether it is over.
     *
     * @param closed whether the manifest is complete
     * @param settled whether every frame in it is answered
     * @param started when the verifier began
     * @param changed when the last entry or answer came, or the manifest was closed
     */
    boolean isOver(boolean closed, boolean settled, Instant started, Instant changed, Instant now) {
        if (Duration.between(started, now).compareTo(total) >= 0) {
            return true;
        }
        Duration quiet = Duration.between(changed, now);
        return closed && quiet.compareTo(settled ? linger : idle) >= 0;
    }
}
