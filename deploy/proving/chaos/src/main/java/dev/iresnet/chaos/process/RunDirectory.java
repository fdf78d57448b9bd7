package dev.iresnet.chaos.process;

import dev.iresnet.file.DirectoryTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The directory of a run: logs, data, checkpoints. */
public record RunDirectory(Path root) {

    /** A new one under the system's temporary directory, kept after the run. */
    public static RunDirectory create(String name) {
        try {
            return new RunDirectory(Files.createTempDirectory("iresnet-" + name + "-"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to java.io.tmpdir", e);
        }
    }

    /** A directory in it, made if it is not there. */
    public Path directory(String name) {
        try {
            return Files.createDirectories(root.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + root, e);
        }
    }

    public Path file(String name) {
        return root.resolve(name);
    }

    /** Where a process logs to. */
    public Path log(String name) {
        return directory("logs").resolve(name + ".log");
    }

    /** Deletes all of it. */
    public void delete() {
        try {
            DirectoryTree.delete(root);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + root, e);
        }
    }
}
