package dev.iresnet.event;

import dev.iresnet.image.ImageException;

/** Why a record became a dead letter. Names are a contract: dead letters and metrics carry them. */
public enum FailureCode {
    /** The record has no value, or one of no bytes. */
    EMPTY_VALUE,
    /** The record has no key, or one of no bytes: its camera, and so its order, is not known. */
    KEY_MISSING,
    /** The value is not in the format that {@code input.format} names. */
    NOT_AN_EVENT,
    /** The value names a writer schema that is not known here. */
    UNKNOWN_SCHEMA,
    /**
     * The value names a writer schema that the schema registry did not give within {@code
     * schema-registry.patience}.
     */
    SCHEMA_UNREACHABLE,
    /** The value begins as an event and breaks off or contradicts itself. */
    EVENT_CORRUPT,
    /** A required field of the event is empty or out of its range. */
    EVENT_INVALID,
    /** The encoding is a symbol that this version does not know. */
    ENCODING_UNKNOWN,
    /** See {@link ImageException.Reason#EMPTY}. */
    IMAGE_EMPTY,
    /** See {@link ImageException.Reason#NOT_AN_IMAGE}. */
    IMAGE_NOT_AN_IMAGE,
    /** See {@link ImageException.Reason#CORRUPT}. */
    IMAGE_CORRUPT,
    /** See {@link ImageException.Reason#UNSUPPORTED}. */
    IMAGE_UNSUPPORTED,
    /** See {@link ImageException.Reason#BAD_SIZE}. */
    IMAGE_BAD_SIZE,
    /** See {@link ImageException.Reason#TOO_LARGE}. */
    IMAGE_TOO_LARGE,
    /** See {@link ImageException.Reason#TOO_COMPLEX}. */
    IMAGE_TOO_COMPLEX,
    /** See {@link ImageException.Reason#WRONG_LENGTH}. */
    IMAGE_WRONG_LENGTH,
    /**
     * The event refers to an image by URI and this job follows none: see {@code
     * references.allowed}.
     */
    IMAGE_REFERENCE_UNSUPPORTED,
    /** The reference is no URI as it must be, or its size or SHA-256 makes no sense. */
    IMAGE_REFERENCE_INVALID,
    /** The reference leads out of {@code references.allowed}. */
    IMAGE_REFERENCE_NOT_ALLOWED,
    /** The store has nothing at the reference's URI. */
    IMAGE_NOT_FOUND,
    /** The store does not let this job read what is at the reference's URI. */
    IMAGE_ACCESS_DENIED,
    /** What is at the reference's URI has another size than the event says. */
    IMAGE_SIZE_MISMATCH,
    /** What is at the reference's URI has another SHA-256 than the event says. */
    IMAGE_DIGEST_MISMATCH,
    /** The store did not give the image within {@code references.patience}. */
    IMAGE_UNREACHABLE,
    /** The network's output for this frame is not finite, or none that such a network gives. */
    RESULT_NOT_FINITE,
    /** Too old when its turn came, or too many of its camera: see {@code freshness.max-age}. */
    STALE,
    /** Reading this record ran into a fault of the job's own; the message names it. */
    INTERNAL_ERROR;

    /** The code for a picture that cannot be decoded. */
    public static FailureCode of(ImageException.Reason reason) {
        return switch (reason) {
            case EMPTY -> IMAGE_EMPTY;
            case NOT_AN_IMAGE -> IMAGE_NOT_AN_IMAGE;
            case CORRUPT -> IMAGE_CORRUPT;
            case UNSUPPORTED -> IMAGE_UNSUPPORTED;
            case BAD_SIZE -> IMAGE_BAD_SIZE;
            case TOO_LARGE -> IMAGE_TOO_LARGE;
            case TOO_COMPLEX -> IMAGE_TOO_COMPLEX;
            case WRONG_LENGTH -> IMAGE_WRONG_LENGTH;
        };
    }
}
