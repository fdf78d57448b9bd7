package dev.iresnet.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.util.FileUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a run writes for itself, under the system's temporary directory; gone when it closes. */
public record WorkDirectory(Path path) implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WorkDirectory.class);

    public static WorkDirectory create() {
        try {
            return new WorkDirectory(Files.createTempDirectory("iresnet-local-"));
        } catch (IOException e) {
            throw new LocalException(
                    "Cannot write to %s: %s; -Djava.io.tmpdir in JAVA_OPTS names another directory"
                            .formatted(System.getProperty("java.io.tmpdir"), e),
                    e);
        }
    }

    /** A directory in it, made if it is not there. */
    public Path directory(String name) {
        try {
            return Files.createDirectories(path.resolve(name));
        } catch (IOException e) {
            throw new LocalException("Cannot write to %s: %s".formatted(path, e), e);
        }
    }

    @Override
    public void close() {
        try {
            FileUtils.deleteDirectory(path.toFile());
        } catch (IOException e) {
            LOG.warn("Left {} behind", path, e);
        }
    }
}
