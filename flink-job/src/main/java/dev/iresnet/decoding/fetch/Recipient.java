package dev.iresnet.decoding.fetch;

import dev.iresnet.event.FrameException;
import dev.iresnet.event.Picture;
import java.nio.ByteBuffer;

/**
 * Waits for a picture. It is asked {@link #isOver} now and then while it waits, and hears once how
 * its waiting ended, unless the {@link Fetcher} ends before. Both happen on the fetcher's threads,
 * none of which holds a lock of it but for {@link #isOver}, which must not block.
 */
public interface Recipient {

    /** What it waits for; always the same. */
    Picture.Referred picture();

    /** Whether it has no more use for the picture. */
    boolean isOver();

    /** It was over, and is waited for no more. */
    void dropped();

    /** Its store has kept it waiting for longer than the policy's {@code giveUpAfter}. */
    void gaveUp(int attempts);

    /** The picture will never come, or what came is another. */
    void refused(FrameException reason);

    /**
     * The picture has come.
     *
     * @param bytes as many as the picture says; {@link Fetcher#release} is due once they are not
     *     needed any more
     */
    void came(ByteBuffer bytes);
}
