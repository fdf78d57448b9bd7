package dev.iresnet.kafka;

import dev.iresnet.config.ConfigException;
import dev.iresnet.config.JobConfig;
import dev.iresnet.config.ValidationErrors;
import dev.iresnet.schemas.SchemaHistory;
import dev.iresnet.schemas.registry.SchemaRegistry;
import dev.iresnet.schemas.registry.SchemaRegistryException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * By which ids results name their schemas.
 *
 * @param ids in the registry, of the released schemas, oldest first; none where results are framed
 *     otherwise, and the first only where nobody has registered the one that detectors need
 */
public record ResultSchema(List<Integer> ids) implements Serializable {
    private static final Logger LOG = LoggerFactory.getLogger(ResultSchema.class);

    /** Where results need no registry. */
    public static final ResultSchema UNREGISTERED = new ResultSchema(List.of());

    public ResultSchema {
        ids = List.copyOf(ids);
    }

    /**
     * Registers the schemas, or finds them, under the subject that Confluent's serializers would
     * use. Which of them the job will write, only its task managers know, who have the model.
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
        try {
            SchemaRegistry registry = RegistryClient.open(config.registry());
            String subject = config.output().topic() + "-value";
            return new ResultSchema(
                    config.registry().register()
                            ? registered(registry, subject)
                            : found(registry, subject, config.clips().enabled()));
        } catch (SchemaRegistryException | KafkaException e) {
            throw refused(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refused("interrupted while the registry was asked");
        }
    }

    private static List<Integer> registered(SchemaRegistry registry, String subject)
            throws SchemaRegistryException, InterruptedException {
        List<Integer> ids = new ArrayList<>();
        for (Schema schema : SchemaHistory.labeledResult()) {
            ids.add(registry.register(subject, schema));
        }
        return ids;
    }

    /** Jobs with a classifier need the first only, and it may be all that is there. */
    private static List<Integer> found(SchemaRegistry registry, String subject, boolean clips)
            throws SchemaRegistryException, InterruptedException {
        List<Integer> ids = new ArrayList<>();
        for (Schema schema : SchemaHistory.labeledResult()) {
            try {
                ids.add(registry.find(subject, schema));
            } catch (SchemaRegistryException e) {
                if (ids.isEmpty() || !e.isSchemaMissing()) {
                    throw e;
                }
                if (clips) {
                    throw refused(
                            "Subject %s does not have version %d of the schema of results, which a job for clips writes (clip.enabled)"
                                    .formatted(subject, ids.size() + 1));
                }
                LOG.info(
                        "Subject {} does not have version {} of the schema of results: a detector's"
                                + " results could not be written",
                        subject,
                        ids.size() + 1);
                break;
            }
        }
        return ids;
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
