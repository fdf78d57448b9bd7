package dev.iresnet.kafka;

import dev.iresnet.config.ConfigException;
import dev.iresnet.config.JobConfig;
import dev.iresnet.config.ValidationErrors;
import dev.iresnet.schemas.SchemaHistory;
import dev.iresnet.schemas.registry.SchemaRegistry;
import dev.iresnet.schemas.registry.SchemaRegistryException;
import java.io.Serializable;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.kafka.common.KafkaException;

/**
 * By which id results name their schema.
 *
 * @param id in the registry; unused where results are framed otherwise
 */
public record ResultSchema(int id) implements Serializable {
    /** Where results need no registry. */
    public static final ResultSchema UNREGISTERED = new ResultSchema(-1);

    /**
     * Registers the schema, or finds it, under the subject that Confluent's serializers would use.
     *
     * @throws ConfigException if the registry refuses or does not answer, naming its address, or if
     *     what its settings refer to cannot be read here, even if only events need the registry
     */
    public static ResultSchema of(JobConfig config) {
        ValidationErrors errors = new ValidationErrors();
        config.registry().checkReferences(errors);
        errors.throwIfAny();
        if (!config.output().needsRegistry()) {
            return UNREGISTERED;
        }
        // as it was written: the one in the generated class says how Java holds it, too
        List<Schema> released = SchemaHistory.labeledResult();
        Schema schema = released.get(released.size() - 1);
        String subject = config.output().topic() + "-value";
        try {
            SchemaRegistry registry = RegistryClient.open(config.registry());
            return new ResultSchema(
                    config.registry().register()
                            ? registry.register(subject, schema)
                            : registry.find(subject, schema));
        } catch (SchemaRegistryException | KafkaException e) {
            throw refused(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refused("interrupted while the registry was asked");
        }
    }

    private static ConfigException refused(String why) {
        return new ConfigException(
                List.of(
                        why
                                + ". Check schema-registry.url,"
                                + " schema-registry.basic-auth.user-info, schema-registry.ssl.*"
                                + " and, where the job may not register schemas,"
                                + " schema-registry.register"));
    }
}
