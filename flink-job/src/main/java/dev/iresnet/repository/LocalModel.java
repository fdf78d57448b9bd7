package dev.iresnet.repository;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.flink.util.FileUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A version where TensorFlow can read it: where it is, or copied. A copy goes when this is closed,
 * and may go as soon as the model is loaded.
 *
 * @param path of the version, {@code <name>/<number>}
 * @param copy to delete; null if it is the original
 */
record LocalModel(Path path, @Nullable Path copy) implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalModel.class);

    @Override
    public void close() {
        if (copy == null) {
            return;
        }
        try {
            FileUtils.deleteDirectory(copy.toFile());
        } catch (IOException e) {
            LOG.warn("The copy of a model at {} stays on disk", copy, e);
        }
    }
}
