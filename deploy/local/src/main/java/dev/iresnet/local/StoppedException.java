package dev.iresnet.local;

/** The user has had enough (Ctrl-C): wind up. Not an error. */
final class StoppedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StoppedException() {
        super("stopped");
    }
}
