package dev.iresnet.proving.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a broker writes; deletes on close what it made itself. */
record DataDirectory(Path path, boolean temporary) implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DataDirectory.class);

    /** Below this the broker might start, and stop the whole process when the disk is full. */
    private static final long MIN_FREE_BYTES = 256L * 1024 * 1024;

    static DataDirectory open(@Nullable Path given) {
        Path parent = given != null ? given : Path.of(System.getProperty("java.io.tmpdir"));
        try {
            Path path =
                    given != null
                            ? Files.createDirectories(given)
                            : Files.createTempDirectory("iresnet-broker-");
            DataDirectory directory = new DataDirectory(path, given == null);
            directory.requireSpace();
            return directory;
        } catch (IOException e) {
            throw new BrokerException(
                    "Cannot write the broker's data to %s: %s".formatted(parent, e), e);
        }
    }

    private void requireSpace() throws IOException {
        long free = Files.getFileStore(path).getUsableSpace();
        if (free < MIN_FREE_BYTES) {
            close();
            throw new BrokerException(
                    "The broker needs %d MiB of disk, and %s has %d MiB free"
                            .formatted(MIN_FREE_BYTES >> 20, path, free >> 20),
                    null);
        }
    }

    @Override
    public void close() {
        if (!temporary) {
            return;
        }
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("Left {} behind: {}", path, e.toString());
        }
    }
}
