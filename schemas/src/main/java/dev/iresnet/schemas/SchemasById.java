package dev.iresnet.schemas;

import java.io.IOException;
import java.util.Optional;
import org.apache.avro.Schema;

/** Where writer schemas are found by the id that stands before a record. Thread-safe. */
public interface SchemasById {

    /**
     * Asks once for the schema of this id, for some seconds at most.
     *
     * @return empty if this one cannot be had now, though others may
     * @throws IOException if none can be had now
     * @throws UnreadableRecordException of kind {@link
     *     UnreadableRecordException.Kind#UNKNOWN_SCHEMA} if there is none, or none that can be used
     */
    Optional<Schema> schema(int id)
            throws UnreadableRecordException, IOException, InterruptedException;
}
