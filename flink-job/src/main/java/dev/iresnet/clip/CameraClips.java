package dev.iresnet.clip;

import dev.iresnet.event.Frame;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far the clips of a camera are: all but the pixels. These lie in as many slots as a clip has
 * frames, and each new one takes the slot of the oldest.
 *
 * @param held frames in slots, 0 to the length of a clip
 * @param fresh of them, those that are in no clip yet
 * @param slot of the next frame
 * @param due frames to be taken until a clip is complete
 * @param since frames that have come since the last that was taken, for a stride by count
 * @param last frame that was in order; null before the first
 * @param taken last frame that was taken; null where the next one begins a clip
 */
public record CameraClips(
        int held,
        int fresh,
        int slot,
        long due,
        long since,
        @Nullable Seen last,
        @Nullable Seen taken) {

    /** Of a camera of which nothing is known. */
    public static final CameraClips NONE = new CameraClips(0, 0, 0, 0, 0, null, null);

    /**
     * By what a frame is compared with another of its camera.
     *
     * @param number -1 if its producer does not count
     */
    public record Seen(String eventId, long number, Instant capturedAt) {
        public static Seen of(Frame.Identity frame) {
            return new Seen(frame.eventId(), frame.frameNumber(), frame.capturedAt());
        }
    }

    /** The next frame begins a clip, and still is compared with the last one. */
    CameraClips begun() {
        return new CameraClips(0, 0, 0, 0, 0, last, null);
    }

    /** A frame has come that is not taken. */
    CameraClips passed(@Nullable Seen newest) {
        return new CameraClips(held, fresh, slot, due, since + 1, newest, taken);
    }
}
