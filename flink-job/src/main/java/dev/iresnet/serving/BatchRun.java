package dev.iresnet.serving;

import java.time.Instant;

/**
 * A batch's way over the device.
 *
 * @param size frames
 * @param sealedAt nanoseconds
 * @param doneAt nanoseconds
 * @param inferredAt the moment of {@code doneAt} by the wall clock
 */
record BatchRun(int size, long sealedAt, long doneAt, Instant inferredAt) {

    Timings timings(ReadyFrame frame) {
        return frame.timings(sealedAt, doneAt - sealedAt, size);
    }
}
