package dev.iresnet.proving.verify;

import org.jspecify.annotations.Nullable;

/** A verifier cannot begin or go on; the message is a sentence for its user. */
public final class VerifierException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    VerifierException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
