package dev.iresnet.model.card;

import dev.iresnet.model.ModelException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Reads files of models, which others wrote and which may be of any size. */
public final class BoundedFile {
    private BoundedFile() {}

    /**
     * Reads a whole file, and no more of it than it had at first.
     *
     * @param largest bytes that it may have
     * @param advice to those whose file has more
     * @throws ModelException if it has more, or is no file
     */
    public static byte[] read(Path file, long largest, String advice) throws IOException {
        if (Files.exists(file)
                && !Files.isRegularFile(file)) { // others can be endless, or wait for a writer
            throw new ModelException(file + " is not a plain file; a model holds nothing else");
        }
        long size = Files.size(file);
        if (size > largest) {
            throw new ModelException(
                    "%s has %d bytes, at most %d are read. %s"
                            .formatted(file, size, largest, advice));
        }
        byte[] bytes = new byte[Math.toIntExact(size)];
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.copyOf(bytes, in.readNBytes(bytes, 0, bytes.length));
        }
    }
}
