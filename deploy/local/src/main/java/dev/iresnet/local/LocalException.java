package dev.iresnet.local;

import org.jspecify.annotations.Nullable;

/** The run cannot start or go on; the message is a sentence for the user, who can mend it. */
final class LocalException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LocalException(String message) {
        this(message, null);
    }

    LocalException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
