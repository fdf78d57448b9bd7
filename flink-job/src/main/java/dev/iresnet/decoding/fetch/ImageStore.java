package dev.iresnet.decoding.fetch;

import dev.iresnet.event.FrameException;
import dev.iresnet.event.ImageUri;
import java.io.IOException;
import java.io.InputStream;

/**
 * Where pictures are kept that events refer to. Thread-safe; a call may take as long as it likes,
 * or never come back: it has a thread to itself.
 */
public interface ImageStore {

    /**
     * Opens a picture for one reading from its beginning.
     *
     * @throws FrameException if it will never be there for this job: not found, or denied
     * @throws IOException if the store does not answer, or says that it cannot now; whoever asks
     *     again later may be luckier. So is a {@link RuntimeException} understood.
     */
    InputStream open(ImageUri uri) throws FrameException, IOException;
}
