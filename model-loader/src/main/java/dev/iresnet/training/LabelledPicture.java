package dev.iresnet.training;

import dev.iresnet.file.Sha256;
import dev.iresnet.image.DecodeLimits;
import dev.iresnet.image.EncodedImage;
import dev.iresnet.image.Encoding;
import dev.iresnet.image.ImageException;
import dev.iresnet.image.ImageException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A picture to learn from.
 *
 * @param path of the file
 * @param label index of its class
 * @param sha256 of the file, 64 lower-case hex digits
 */
public record LabelledPicture(Path path, int label, String sha256) {

    /** Reads the file for its digest; a link is followed. */
    public static LabelledPicture of(Path file, int label) throws IOException {
        return new LabelledPicture(file, label, Sha256.of(file.toRealPath()));
    }

    /** The whole file; its first bytes say whether it is JPEG or PNG, not its name. */
    public EncodedImage read() throws IOException, ImageException {
        long size = Files.size(path);
        int limit = DecodeLimits.DEFAULT.maxBytes();
        if (size > limit) {
            throw new ImageException(
                    Reason.TOO_LARGE, "%d bytes, at most %d are read".formatted(size, limit));
        }
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path));
        return EncodedImage.compressed(Encoding.require(bytes), bytes);
    }
}
