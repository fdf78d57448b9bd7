package dev.iresnet.local.topic;

import dev.iresnet.schemas.avro.Clip;
import dev.iresnet.schemas.avro.LabeledResult;

/** How many frames a result is of. */
public final class ClipLength {
    private static final long MOST = 1 << 16;

    private ClipLength() {}

    /** 1 of a picture, and of a clip whose producer does not count its frames. */
    public static long of(LabeledResult result) {
        Clip clip = result.getClip();
        if (clip == null || clip.getFirstFrameNumber() < 0) {
            return 1;
        }
        long frames = clip.getLastFrameNumber() - clip.getFirstFrameNumber() + 1;
        // the topic may hold anything
        return Math.max(1, Math.min(frames, MOST));
    }
}
