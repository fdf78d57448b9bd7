package dev.iresnet.chaos.results;

import java.time.Instant;

/**
 * A result that was seen.
 *
 * @param fresh whether the frame was labelled; otherwise it was shed
 * @param capturedAt when the frame was
 * @param sentAt when the job sent the result
 * @param seenAt when a consumer had it, once it was committed
 */
public record SeenResult(
        String cameraId, boolean fresh, Instant capturedAt, Instant sentAt, Instant seenAt) {}
