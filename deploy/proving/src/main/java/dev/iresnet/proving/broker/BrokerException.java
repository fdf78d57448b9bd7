package dev.iresnet.proving.broker;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The embedded broker cannot start or go on; the message is a sentence for its user. */
public final class BrokerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BrokerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Always there. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
