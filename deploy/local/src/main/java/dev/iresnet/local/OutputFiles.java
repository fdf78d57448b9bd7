package dev.iresnet.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Looks at files that are to be written at the end, before minutes have gone into the run. */
final class OutputFiles {

    private OutputFiles() {}

    /**
     * @throws LocalException if the file cannot be written
     */
    static void require(String option, Optional<Path> file) {
        file.ifPresent(path -> require(option, path.toAbsolutePath()));
    }

    private static void require(String option, Path file) {
        Path parent = file.getParent();
        if (Files.isDirectory(file)) {
            throw new LocalException("%s: %s is a directory".formatted(option, file));
        }
        if (parent == null || !Files.isDirectory(parent)) {
            throw new LocalException("%s: there is no directory %s".formatted(option, parent));
        }
        if (!Files.isWritable(Files.exists(file) ? file : parent)) {
            throw new LocalException("%s: %s cannot be written".formatted(option, file));
        }
    }
}
