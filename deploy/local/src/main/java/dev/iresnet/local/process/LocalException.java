package dev.iresnet.local.process;

import org.jspecify.annotations.Nullable;

/** The run cannot start or go on; the message tells the user what to change. */
public final class LocalException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public LocalException(String message) {
        this(message, null);
    }

    public LocalException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** The message of the innermost cause: the outer ones only tell who called. */
    public static String reason(Throwable failure) {
        Throwable reason = failure;
        while (reason.getCause() != null && reason.getCause() != reason) {
            reason = reason.getCause();
        }
        return sentence(reason);
    }

    /** The message of the exception itself. */
    public static String sentence(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank()
                ? failure.getClass().getName()
                : message.strip();
    }
}
