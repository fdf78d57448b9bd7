package dev.iresnet.event;

/**
 * How the lookup of writer schemas goes.
 *
 * @param waiting records that wait for a schema
 * @param down whether the schema registry does not answer
 */
public record SchemaLookups(int waiting, boolean down) {
    /** Of readers that look nothing up. */
    public static final SchemaLookups NONE = new SchemaLookups(0, false);
}
