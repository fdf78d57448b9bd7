package dev.iresnet.proving.feed;

import org.jspecify.annotations.Nullable;

/** A feed cannot begin or go on; the message is a sentence for its user. */
public final class FeedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FeedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
