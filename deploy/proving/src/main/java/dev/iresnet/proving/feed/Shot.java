package dev.iresnet.proving.feed;

import dev.iresnet.proving.manifest.ManifestEntry;
import java.time.Duration;
import java.time.Instant;

/**
 * A frame before it is taken.
 *
 * @param due since the feed's beginning
 */
record Shot(String eventId, String file, String cameraId, long frameNumber, Duration due) {

    ManifestEntry takenAt(Instant time) {
        return new ManifestEntry(eventId, file, cameraId, frameNumber, time);
    }
}
