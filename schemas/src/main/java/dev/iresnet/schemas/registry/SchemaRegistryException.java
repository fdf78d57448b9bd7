package dev.iresnet.schemas.registry;

/** The registry has refused, or nobody has answered. The message names its address. */
public final class SchemaRegistryException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean schemaMissing;

    SchemaRegistryException(String message, boolean schemaMissing) {
        super(message);
        this.schemaMissing = schemaMissing;
    }

    /** Whether the registry has answered that the subject does not have the schema. */
    public boolean isSchemaMissing() {
        return schemaMissing;
    }
}
