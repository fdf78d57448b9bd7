package dev.iresnet.schemas.registry;

/** The registry has refused, or nobody has answered. The message names its address. */
public final class SchemaRegistryException extends Exception {
    private static final long serialVersionUID = 1L;

    SchemaRegistryException(String message) {
        super(message);
    }
}
