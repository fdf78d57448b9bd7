package dev.iresnet.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A directory with all that is in it. */
public final class DirectoryTree {
    private DirectoryTree() {}

    /**
     * What lies in a directory, at any depth, and itself, sorted. What is hidden is left out:
     * thumbnails and indexes that desktops leave, as {@code .thumbnails} and {@code ._a.jpg}. The
     * directory may be a link; links in it are not followed.
     */
    public static List<Path> visible(Path directory) throws IOException {
        Path real = directory.toRealPath();
        try (Stream<Path> paths = Files.walk(real)) {
            return paths.map(real::relativize)
                    .filter(path -> !isHidden(path))
                    .map(directory::resolve)
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static boolean isHidden(Path path) {
        return StreamSupport.stream(path.spliterator(), false)
                .anyMatch(part -> part.toString().startsWith("."));
    }

    /**
     * Waits until the files that lie directly in it are on the disk: else a name that they get
     * later may be there after a power cut, and what is in them not.
     */
    public static void force(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.force(true);
                }
            }
        }
    }

    /** Deletes it, if it is there. Links are deleted, not followed. */
    public static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> walk = Files.walk(directory)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
