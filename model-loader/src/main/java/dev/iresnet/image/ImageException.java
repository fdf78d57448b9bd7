package dev.iresnet.image;

/** A picture that cannot be turned into a crop. The message names what is wrong with it. */
public final class ImageException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    public ImageException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** Why, for machines. Names are part of the dead letters' contract. */
    public enum Reason {
        /** No bytes at all. */
        EMPTY,
        /** The bytes do not begin as the encoding says. */
        NOT_AN_IMAGE,
        /** The bytes begin well and then break off or make no sense. */
        CORRUPT,
        /** A valid file of a kind that is not read (12-bit JPEG, arithmetic coding). */
        UNSUPPORTED,
        /** Zero or negative sides, or odd ones where the layout needs even ones. */
        BAD_SIZE,
        /** More bytes or pixels than the limits allow; found before memory is taken. */
        TOO_LARGE,
        /** More work than the limits allow to decode; found before it is begun. */
        TOO_COMPLEX,
        /** Raw pixels whose number differs from what width, height and layout ask for. */
        WRONG_LENGTH
    }
}
