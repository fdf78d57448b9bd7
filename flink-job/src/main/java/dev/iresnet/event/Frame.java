package dev.iresnet.event;

import java.time.Instant;

/**
 * A camera's frame, read out of a record.
 *
 * @param eventId names the frame; 1 to {@value #MAX_ID_LENGTH} characters
 * @param cameraId 1 to {@value #MAX_ID_LENGTH} characters
 * @param capturedAt by the camera's clock, 1970 to 9999, to the microsecond
 * @param frameNumber position in the camera's stream, or -1
 * @param picture not yet looked into
 */
public record Frame(
        String eventId, String cameraId, Instant capturedAt, long frameNumber, Picture picture) {

    /**
     * Longest id, in UTF-16 characters. A result repeats both ids: without a bound, an event with a
     * huge one would make a result that the broker refuses, and so stop the job.
     */
    public static final int MAX_ID_LENGTH = 1024;

    /** What names a frame: all but its picture. */
    public record Identity(String eventId, String cameraId, long frameNumber, Instant capturedAt) {}

    public Identity identity() {
        return new Identity(eventId, cameraId, frameNumber, capturedAt);
    }
}
