package dev.iresnet.training;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.iresnet.file.Sha256;
import dev.iresnet.image.EncodedImage;
import dev.iresnet.image.ImageException;
import dev.iresnet.video.FrameReader;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A picture to learn from, or a video.
 *
 * @param path of the file, or of a directory of frames
 * @param label index of its class
 * @param sha256 of the file, of a video of its frames; 64 lower-case hex digits
 * @param video how long it is; empty for a picture
 */
public record LabelledPicture(Path path, int label, String sha256, Optional<Length> video) {

    /**
     * The length of a video.
     *
     * @param frames 1 or more
     * @param rate frames a second; empty where that is not known
     */
    public record Length(int frames, OptionalDouble rate) {}

    /** Reads the file for its digest; a link is followed. */
    public static LabelledPicture of(Path file, int label) throws IOException {
        return new LabelledPicture(file, label, Sha256.of(file.toRealPath()), Optional.empty());
    }

    /**
     * Reads a video, for its digest and its length: see {@link FrameReader#open}.
     *
     * @throws IOException if it cannot be read, or has no frames or too many
     */
    static LabelledPicture ofVideo(Path path, int label) throws IOException {
        MessageDigest sha = Sha256.digest();
        int frames = 0;
        try (FrameReader reader = FrameReader.open(path)) {
            for (Optional<EncodedImage> frame = reader.next();
                    frame.isPresent();
                    frame = reader.next()) {
                EncodedImage image = frame.get();
                String size =
                        "%s %d %d %d\n"
                                .formatted(
                                        image.encoding(),
                                        image.width(),
                                        image.height(),
                                        image.bytes().remaining());
                sha.update(size.getBytes(US_ASCII));
                sha.update(image.bytes().duplicate());
                frames++;
                if (frames > FrameReader.MOST_FRAMES) {
                    throw new IOException(
                            "more than %d frames; cut it into shorter videos"
                                    .formatted(FrameReader.MOST_FRAMES));
                }
            }
            if (frames == 0) {
                throw new IOException("it has no frames");
            }
            Length length = new Length(frames, reader.rate());
            return new LabelledPicture(path, label, Sha256.hex(sha), Optional.of(length));
        } catch (ImageException e) {
            throw new IOException("frame %d: %s".formatted(frames, e.getMessage()), e);
        }
    }

    /** The same of another class. */
    LabelledPicture labelled(int other) {
        return new LabelledPicture(path, other, sha256, video);
    }

    /** Of a picture 1. */
    int frames() {
        return video.map(Length::frames).orElse(1);
    }

    /** Takes a frame. */
    @FunctionalInterface
    interface FrameConsumer {
        void accept(int frame, EncodedImage image) throws ImageException;
    }

    /**
     * Hands on all frames of a video, numbered from 0, or the picture.
     *
     * @throws IOException if it cannot be read, or became shorter
     */
    void forEachFrame(FrameConsumer consumer) throws IOException, ImageException {
        if (video.isEmpty()) {
            consumer.accept(0, EncodedImage.read(path));
            return;
        }
        try (FrameReader reader = FrameReader.open(path)) {
            for (int frame = 0; frame < frames(); frame++) {
                Optional<EncodedImage> image = reader.next();
                if (image.isEmpty()) {
                    throw new IOException("it changed while it was read");
                }
                consumer.accept(frame, image.get());
            }
        }
    }
}
