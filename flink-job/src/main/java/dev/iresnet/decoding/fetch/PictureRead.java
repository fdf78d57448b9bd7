package dev.iresnet.decoding.fetch;

import dev.iresnet.event.FailureCode;
import dev.iresnet.event.FrameException;
import dev.iresnet.event.Picture;
import dev.iresnet.file.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;

/** Reads a picture from its store, and believes neither of them. Stateless. */
final class PictureRead {
    private static final int CHUNK = 64 << 10;

    private PictureRead() {}

    /**
     * Reads no more than the picture's size and one byte, which shows whether there is more.
     *
     * @param mayHold asked once the store has opened the picture, before memory is taken for it
     * @param abandoned asked between pieces; a read that is not needed any more ends
     * @throws FrameException if the store will never give these bytes
     * @throws IOException if it may do so later
     */
    static ByteBuffer read(
            ImageStore store,
            Picture.Referred picture,
            BooleanSupplier mayHold,
            BooleanSupplier abandoned)
            throws FrameException, IOException {
        try (InputStream in = store.open(picture.uri())) {
            if (!mayHold.getAsBoolean()) {
                throw unwanted();
            }
            byte[] bytes = new byte[picture.size()];
            int length = fill(bytes, in, abandoned);
            boolean more = length == bytes.length && in.read() >= 0;
            if (length < bytes.length || more) {
                throw new FrameException(
                        FailureCode.IMAGE_SIZE_MISMATCH,
                        "%s has %s bytes, and the event says %d: write the picture before the event, and never change it"
                                .formatted(
                                        picture.uri(),
                                        more ? "more than " + length : Integer.toString(length),
                                        bytes.length));
            }
            checkDigest(picture, bytes);
            return ByteBuffer.wrap(bytes);
        } catch (RuntimeException e) {
            // Clients of stores throw their own kinds for a lost connection.
            throw new IOException(e.toString(), e);
        }
    }

    private static int fill(byte[] bytes, InputStream in, BooleanSupplier abandoned)
            throws IOException {
        int length = 0;
        int read = 0;
        while (read >= 0 && length < bytes.length) {
            if (abandoned.getAsBoolean()) {
                throw unwanted();
            }
            read = in.read(bytes, length, Math.min(CHUNK, bytes.length - length));
            length += Math.max(0, read);
        }
        return length;
    }

    private static InterruptedIOException unwanted() {
        return new InterruptedIOException("this read was abandoned");
    }

    private static void checkDigest(Picture.Referred picture, byte[] bytes) throws FrameException {
        String digest = Sha256.of(bytes);
        if (!digest.equals(picture.sha256())) {
            throw new FrameException(
                    FailureCode.IMAGE_DIGEST_MISMATCH,
                    "%s has SHA-256 %s, and the event says %s: write the picture before the event, and never change it"
                            .formatted(picture.uri(), digest, picture.sha256()));
        }
    }
}
