package dev.iresnet.event;

import dev.iresnet.schemas.avro.ImageReference;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Which references are followed. Anybody may write an event, and the job can read more than its
 * writer may see (server-side request forgery): so nothing is followed that is not below an allowed
 * directory.
 *
 * @param allowed directories; none refuses every reference
 * @param maxBytes of a picture, 1 or more
 */
public record ReferenceRule(List<ImageUri> allowed, int maxBytes) {
    /** Follows none. */
    public static final ReferenceRule NONE = new ReferenceRule(List.of(), 1);

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    public ReferenceRule {
        allowed = List.copyOf(allowed);
    }

    /**
     * Reads a reference and checks it; nothing is fetched.
     *
     * @return where the picture is, which is an allowed place
     * @throws FrameException if it is not to be followed
     */
    ImageUri check(ImageReference reference) throws FrameException {
        if (allowed.isEmpty()) {
            throw new FrameException(
                    FailureCode.IMAGE_REFERENCE_UNSUPPORTED,
                    "image is a reference to %s, and this job follows none: set references.allowed, or send the bytes"
                            .formatted(shown(reference)));
        }
        ImageUri uri = uri(reference);
        checkClaims(reference);
        if (allowed.stream().noneMatch(directory -> directory.contains(uri))) {
            throw new FrameException(
                    FailureCode.IMAGE_REFERENCE_NOT_ALLOWED,
                    "image is a reference to %s, which is in none of the directories of references.allowed"
                            .formatted(shown(reference)));
        }
        return uri;
    }

    private static ImageUri uri(ImageReference reference) throws FrameException {
        try {
            return ImageUri.ofPicture(reference.getUri());
        } catch (IllegalArgumentException e) {
            throw new FrameException(
                    FailureCode.IMAGE_REFERENCE_INVALID,
                    "image is a reference to '%s', which %s"
                            .formatted(shown(reference), e.getMessage()),
                    e);
        }
    }

    /** What the event says of the bytes, before any of them is read. */
    private void checkClaims(ImageReference reference) throws FrameException {
        if (!SHA256.matcher(reference.getSha256()).matches()) {
            throw new FrameException(
                    FailureCode.IMAGE_REFERENCE_INVALID,
                    "sha256 of the reference is not 64 lower-case hex digits");
        }
        long size = reference.getSize();
        if (size < 0) {
            throw new FrameException(
                    FailureCode.IMAGE_REFERENCE_INVALID, "size of the reference is " + size);
        }
        if (size == 0) {
            throw new FrameException(
                    FailureCode.IMAGE_EMPTY,
                    "size of the reference is 0: the picture has no bytes");
        }
        if (size > maxBytes) {
            throw new FrameException(
                    FailureCode.IMAGE_TOO_LARGE,
                    "size of the reference is %d bytes, more than image.max-bytes, %d"
                            .formatted(size, maxBytes));
        }
    }

    /** As much as fits a message with what else it says. */
    private static String shown(ImageReference reference) {
        String uri = reference.getUri();
        return uri.length() <= 300 ? uri : uri.substring(0, 299) + "…";
    }
}
