package dev.iresnet.model;

/** A batch that does not fit the device's memory; a smaller one may. The model stays usable. */
public final class DeviceMemoryException extends ModelException {
    private static final long serialVersionUID = 1L;

    public DeviceMemoryException(String message, Throwable cause) {
        super(message, cause);
    }
}
