package dev.iresnet.event;

import dev.iresnet.image.EncodedImage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records as tests need them. */
public final class Records {
    /** Milliseconds; a moment in 2025. */
    public static final long TIMESTAMP = 1_750_000_000_000L;

    private Records() {}

    /** On partition 3 of topic {@code frames}. */
    public static RawRecord of(@Nullable String key, byte @Nullable [] value, long offset) {
        byte[] keyBytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
        return new RawRecord("frames", 3, offset, TIMESTAMP, keyBytes, value, List.of());
    }

    static EncodedImage carried(Frame frame) {
        return ((Picture.Carried) frame.picture()).image();
    }
}
