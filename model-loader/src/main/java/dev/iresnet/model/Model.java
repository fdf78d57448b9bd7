package dev.iresnet.model;

import java.nio.ByteBuffer;
import java.util.List;

/** A loaded and warmed classifier. Thread-safe: calls may overlap. */
public interface Model extends AutoCloseable {

    /** What it is: name, version, digest, labels, preprocessing. */
    ModelDescription description();

    /**
     * Classifies a batch.
     *
     * @param crops 1 or more direct buffers, each uint8 [H,W,3] RGB from position to limit; their
     *     content is copied before this returns, positions and limits stay
     * @return probabilities, one row a crop, in order
     * @throws ModelException if the device or the runtime fails
     */
    Scores classify(List<ByteBuffer> crops);

    @Override
    void close();
}
