package dev.iresnet.operator;

import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/**
 * Model, device or configuration cannot be used. A restart would not help, so the annotation stops
 * the job for good. The message says what failed and which options to look at.
 */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public final class TaggingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TaggingException(String message) {
        super(message);
    }

    public TaggingException(String message, Throwable cause) {
        super(message, cause);
    }
}
