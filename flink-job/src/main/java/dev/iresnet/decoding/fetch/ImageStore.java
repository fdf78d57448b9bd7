package dev.iresnet.decoding.fetch;

import dev.iresnet.event.FrameException;
import dev.iresnet.event.ImageUri;
import java.io.IOException;
import java.io.InputStream;

/**
 * Where pictures are kept that events refer to. Thread-safe; a call may take any time, or never
 * return: it has a thread of its own.
 */
public interface ImageStore {

    /**
     * Opens a picture for one reading from its beginning.
     *
     * @throws FrameException if it will never be there for this job: not found, or denied
     * @throws IOException if the store does not answer, or says that it cannot now; a later attempt
     *     may succeed. A {@link RuntimeException} means the same.
     */
    InputStream open(ImageUri uri) throws FrameException, IOException;
}
