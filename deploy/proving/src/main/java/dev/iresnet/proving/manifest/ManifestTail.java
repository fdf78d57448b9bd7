package dev.iresnet.proving.manifest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Follows a manifest while it grows. For one thread. */
public final class ManifestTail {
    private static final int BUFFER_BYTES = 64 << 10;

    private final Path file;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long position;

    public ManifestTail(Path file) {
        this.file = file;
    }

    /** The whole of a manifest that no longer grows. */
    public static List<ManifestEntry> readAll(Path file) throws IOException {
        List<ManifestEntry> entries = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            entries.add(ManifestEntry.fromJson(line));
        }
        return entries;
    }

    /**
     * The entries whose lines were finished since the last call; none while there is no file.
     *
     * @throws IllegalArgumentException if a line is no entry
     */
    public List<ManifestEntry> poll() throws IOException {
        List<ManifestEntry> entries = new ArrayList<>();
        try (SeekableByteChannel in = Files.newByteChannel(file)) {
            in.position(position);
            while (in.read(buffer.clear()) > 0) {
                position = in.position();
                split(buffer.flip(), entries);
            }
        } catch (NoSuchFileException e) {
            return List.of();
        }
        return entries;
    }

    private void split(ByteBuffer bytes, List<ManifestEntry> entries) {
        while (bytes.hasRemaining()) {
            byte next = bytes.get();
            if (next == '\n') {
                entries.add(ManifestEntry.fromJson(line.toString(StandardCharsets.UTF_8)));
                line.reset();
            } else {
                line.write(next);
            }
        }
    }
}
