package dev.iresnet.proving.feed;

import dev.iresnet.proving.manifest.ManifestEntry;
import dev.iresnet.schemas.avro.ImageEvent;
import dev.iresnet.schemas.avro.ImageReference;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * {@code input.format: image-event} by claim check: events say where their pictures are, which is
 * where the feed has them from. The job must be able to read that place.
 */
public final class ReferenceFormat extends EventFormat {

    private final String folder;

    /**
     * @param folder URI of the feed's pictures, as the job sees them: {@code file:///mnt/frames}
     */
    public ReferenceFormat(String topic, String folder) {
        super(topic);
        this.folder = folder.endsWith("/") ? folder : folder + "/";
    }

    @Override
    protected void setImage(ImageEvent.Builder event, ManifestEntry frame, Picture picture) {
        event.setImage(
                new ImageReference(
                        folder + picture.file(),
                        (long) picture.bytes().length,
                        sha256(picture.bytes())));
    }

    /** As an event says it of its picture. */
    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
