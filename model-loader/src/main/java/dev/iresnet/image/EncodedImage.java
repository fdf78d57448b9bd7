package dev.iresnet.image;

import dev.iresnet.file.DirectoryTree;
import dev.iresnet.image.ImageException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A picture as it arrived.
 *
 * @param encoding layout of {@code bytes}
 * @param width pixels; ignored for JPEG and PNG
 * @param height pixels; ignored for JPEG and PNG
 * @param bytes from position to limit; read, never changed (position and limit stay too)
 */
public record EncodedImage(Encoding encoding, int width, int height, ByteBuffer bytes) {

    /** A picture that carries its own size. */
    public static EncodedImage compressed(Encoding encoding, ByteBuffer bytes) {
        return new EncodedImage(encoding, 0, 0, bytes);
    }

    /**
     * The files in a directory, at any depth, that are named like JPEG or PNG pictures, as {@link
     * DirectoryTree#visible}.
     */
    public static List<Path> below(Path directory) throws IOException {
        return DirectoryTree.visible(directory).stream()
                .filter(EncodedImage::isNamedLikeOne)
                .filter(Files::isRegularFile)
                .toList();
    }

    /** Whether a file is named like a JPEG or PNG picture. */
    public static boolean isNamedLikeOne(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".jpg") || name.endsWith(".jpeg") || name.endsWith(".png");
    }

    /** A whole file; its first bytes say whether it is JPEG or PNG, not its name. */
    public static EncodedImage read(Path file) throws IOException, ImageException {
        long size = Files.size(file);
        int limit = DecodeLimits.DEFAULT.maxBytes();
        if (size > limit) {
            throw new ImageException(
                    Reason.TOO_LARGE, "%d bytes, at most %d are read".formatted(size, limit));
        }
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        if (!bytes.hasRemaining()) {
            throw new ImageException(Reason.EMPTY, "the file is empty");
        }
        return compressed(Encoding.require(bytes), bytes);
    }
}
