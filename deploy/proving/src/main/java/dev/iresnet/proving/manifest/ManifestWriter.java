package dev.iresnet.proving.manifest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a manifest. A line is on its way to the disk when {@link #write} returns. Thread-safe. */
public final class ManifestWriter implements AutoCloseable {
    private final Path file;
    private final Writer out;

    private ManifestWriter(Path file, Writer out) {
        this.file = file;
        this.out = out;
    }

    /**
     * Begins a manifest; what the file held is gone.
     *
     * @throws IOException if the file cannot be written
     */
    public static ManifestWriter open(Path file) throws IOException {
        return new ManifestWriter(file, Files.newBufferedWriter(file));
    }

    /**
     * Adds a line, written whole, so that a reader that follows the file never sees a part of it.
     *
     * @throws UncheckedIOException naming the file, if it cannot be written
     */
    public synchronized void write(ManifestEntry entry) {
        try {
            out.write(entry.toJson());
            out.write('\n');
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the manifest " + file, e);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        out.close();
    }
}
