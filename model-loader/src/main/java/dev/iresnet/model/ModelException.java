package dev.iresnet.model;

import org.jspecify.annotations.Nullable;

/** A model, or the device under it, that cannot be used. The message says what to do. */
public class ModelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ModelException(String message) {
        super(message);
    }

    public ModelException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
