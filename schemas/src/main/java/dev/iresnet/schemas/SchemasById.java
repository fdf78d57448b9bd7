package dev.iresnet.schemas;

import org.apache.avro.Schema;

/** Where writer schemas are found by the id that stands before a record. Thread-safe. */
public interface SchemasById {

    /**
     * The schema of this id; waits for as long as nobody can say.
     *
     * @throws UnreadableRecordException of kind {@link
     *     UnreadableRecordException.Kind#UNKNOWN_SCHEMA} if there is none, or none that can be used
     */
    Schema schema(int id) throws UnreadableRecordException, InterruptedException;
}
