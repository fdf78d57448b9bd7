package dev.iresnet.tensorflow;

/**
 * This machine, or TensorFlow's build for it, cannot do what was asked. The message says what to
 * do.
 */
public final class DeviceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DeviceException(String message) {
        super(message);
    }

    public DeviceException(String message, Throwable cause) {
        super(message, cause);
    }
}
