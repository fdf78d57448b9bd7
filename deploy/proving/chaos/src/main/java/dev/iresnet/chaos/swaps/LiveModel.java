package dev.iresnet.chaos.swaps;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/** The directory of versions that the job watches. Everything appears in it whole. */
final class LiveModel {
    private static final String PIN = "PINNED";

    private final Path directory;
    private final Path aside;

    /**
     * Over an empty directory.
     *
     * @param aside on the same file system, where copies are made
     */
    LiveModel(Path directory, Path aside) throws IOException {
        this.directory = Files.createDirectories(directory);
        this.aside = aside;
    }

    Path directory() {
        return directory;
    }

    /** Copies a version into it. */
    void publish(Path version, long number) throws IOException {
        move(copy(version, number), number);
    }

    /** Copies a version into it, broken. */
    void publishBroken(Path version, long number, Breakage breakage) throws IOException {
        Path copy = copy(version, number);
        breakage.apply(copy);
        move(copy, number);
    }

    /** Has that version serve, whatever else there is. */
    void pin(long number) throws IOException {
        Path file = aside.resolve(PIN);
        Files.writeString(file, number + "\n");
        Files.move(file, directory.resolve(PIN), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Lets the newest serve again. */
    void unpin() throws IOException {
        Files.delete(directory.resolve(PIN));
    }

    private Path copy(Path version, long number) throws IOException {
        Path copy = aside.resolve(Long.toString(number));
        try (Stream<Path> files = Files.walk(version)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(version.relativize(file).toString()));
            }
        }
        return copy;
    }

    private void move(Path copy, long number) throws IOException {
        Files.move(copy, directory.resolve(Long.toString(number)), StandardCopyOption.ATOMIC_MOVE);
    }
}
