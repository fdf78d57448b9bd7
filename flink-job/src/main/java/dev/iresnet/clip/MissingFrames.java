package dev.iresnet.clip;

import java.util.Locale;

/** What a clip does about a frame that became a dead letter or was shed. */
public enum MissingFrames {
    /** It goes on without the frame. */
    SKIP,
    /** It begins anew with the next frame. */
    RESTART;

    /** As it is written in a configuration. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
