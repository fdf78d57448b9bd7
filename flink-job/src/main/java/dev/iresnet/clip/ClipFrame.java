package dev.iresnet.clip;

import java.time.Instant;

/**
 * A frame that waits for its clip. The pixels are shared, not copied: do not change them.
 *
 * @param number -1 if its producer does not count
 * @param pixels uint8 [H,W,3] RGB
 */
@SuppressWarnings("ArrayRecordComponent") // bytes in transit, never compared
public record ClipFrame(long number, Instant capturedAt, byte[] pixels) {}
