package dev.iresnet.event;

import java.time.Instant;

/** What names a frame: as {@link Frame} says, without the picture. */
public record FrameIdentity(
        String eventId, String cameraId, long frameNumber, Instant capturedAt) {}
