package dev.iresnet.event;

/** A record that carries no frame that can be read. The message names what is wrong with it. */
public final class FrameException extends Exception {
    private static final long serialVersionUID = 1L;

    private final FailureCode code;

    public FrameException(FailureCode code, String message) {
        super(message);
        this.code = code;
    }

    public FrameException(FailureCode code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** What is wrong, for machines. */
    public FailureCode code() {
        return code;
    }
}
