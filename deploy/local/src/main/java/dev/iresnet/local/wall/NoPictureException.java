package dev.iresnet.local.wall;

/** There is no picture to be shown; the message, a few words, stands in its place. */
final class NoPictureException extends Exception {

    private static final long serialVersionUID = 1L;

    NoPictureException(String message) {
        super(message);
    }

    NoPictureException(String message, Throwable cause) {
        super(message, cause);
    }
}
