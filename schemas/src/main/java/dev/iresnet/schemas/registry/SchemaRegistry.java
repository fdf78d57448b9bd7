package dev.iresnet.schemas.registry;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.iresnet.schemas.SchemasById;
import dev.iresnet.schemas.UnreadableRecordException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A schema registry that speaks Confluent's REST protocol (Confluent's own, Apicurio's {@code
 * ccompat}, Karapace, Redpanda's). Remembers nothing. Thread-safe.
 */
public final class SchemaRegistry implements SchemasById {
    private static final Logger LOG = LoggerFactory.getLogger(SchemaRegistry.class);

    /** "Schema not found", which only a registry says; a wrong address answers 404 too. */
    private static final int SCHEMA_NOT_FOUND = 40403;

    /** Attempts before somebody who can do something about it is told. */
    private static final int START_ATTEMPTS = 4;

    /** Lets time pass between attempts. */
    public interface Pause {
        /** For people: half a second, then twice as long each time, up to ten. */
        Pause GROWING =
                failures ->
                        Thread.sleep(
                                Math.min(
                                        Duration.ofSeconds(10).toMillis(),
                                        500L << Math.min(failures - 1, 10)));

        /** After this many failures in a row, 1 or more. */
        void after(int failures) throws InterruptedException;
    }

    private final RegistryCall call;
    private final Pause pause;
    private final AtomicBoolean away = new AtomicBoolean();
    private final AtomicBoolean odd = new AtomicBoolean();

    /**
     * Connects to nothing yet.
     *
     * @param addresses of one registry; the next one is asked when one does not answer
     * @param authorization the header's value, asked for before each request; empty for none
     */
    public SchemaRegistry(
            HttpClient http, List<URI> addresses, Supplier<String> authorization, Pause pause) {
        this.call = new RegistryCall(http, addresses, authorization);
        this.pause = pause;
    }

    @Override
    public Optional<Schema> schema(int id)
            throws UnreadableRecordException, IOException, InterruptedException {
        if (id < 0) {
            // Asked for such a one, registries answer as if their address were wrong.
            throw RegisteredSchema.unusable(id, "registries give no ids below 0");
        }
        Reply reply;
        try {
            reply = call.get("/schemas/ids/" + id);
        } catch (LimitedBody.TooLargeException e) {
            throw RegisteredSchema.unusable(
                    id, "it has more than %d bytes".formatted(RegistryCall.MOST_BYTES));
        } catch (IOException e) {
            throw missing(e.toString());
        }
        if (reply.isOk() && reply.body().path("schema").isTextual()) {
            answered();
            return Optional.of(RegisteredSchema.parse(id, reply.body()));
        }
        if (reply.errorCode() == SCHEMA_NOT_FOUND) {
            answered();
            throw RegisteredSchema.unusable(id, "the registry knows no such schema");
        }
        if (reply.isOfRegistry()) {
            unclear(id, reply);
            return Optional.empty();
        }
        throw missing("it answers " + reply.message());
    }

    /**
     * Has a subject's newest schema be this one, or finds it there.
     *
     * @return its id
     * @throws SchemaRegistryException if the registry refuses, or does not answer a few times
     */
    public int register(String subject, Schema schema)
            throws SchemaRegistryException, InterruptedException {
        return id("/subjects/%s/versions".formatted(encoded(subject)), subject, schema);
    }

    /**
     * Finds a schema that somebody else has registered.
     *
     * @return its id
     * @throws SchemaRegistryException if it is not there, or the registry does not answer a few
     *     times
     */
    public int find(String subject, Schema schema)
            throws SchemaRegistryException, InterruptedException {
        return id("/subjects/%s".formatted(encoded(subject)), subject, schema);
    }

    private int id(String path, String subject, Schema schema)
            throws SchemaRegistryException, InterruptedException {
        String json =
                JsonNodeFactory.instance.objectNode().put("schema", schema.toString()).toString();
        for (int failures = 1; ; failures++) {
            String trouble;
            try {
                Reply reply = call.post(path, json);
                if (reply.isOk() && reply.body().path("id").isInt()) {
                    return reply.body().get("id").asInt();
                }
                trouble = "answers " + reply.message();
                if (reply.status() >= 400 && reply.status() < 500 && reply.status() != 429) {
                    throw new SchemaRegistryException(
                            "the schema registry at %s refuses %s for subject '%s': it %s"
                                    .formatted(call.address(), schema.getName(), subject, trouble),
                            reply.errorCode() == SCHEMA_NOT_FOUND);
                }
            } catch (IOException e) {
                trouble = "does not answer: " + e;
            }
            if (failures == START_ATTEMPTS) {
                throw new SchemaRegistryException(
                        "the schema registry at %s %s".formatted(call.address(), trouble), false);
            }
            call.turn();
            pause.after(failures);
        }
    }

    private IOException missing(String trouble) {
        if (away.compareAndSet(false, true)) {
            LOG.warn(
                    "The schema registry at {} does not give schemas: {}. Frames of schemas that"
                            + " are not known yet wait for it; it is asked again, with pauses",
                    call.address(),
                    trouble);
        }
        call.turn();
        return new IOException(trouble);
    }

    private void unclear(int id, Reply reply) {
        if (odd.compareAndSet(false, true)) {
            LOG.warn(
                    "The schema registry at {} answers {} for schema id {}, which is neither a"
                            + " schema nor that there is none; frames of it wait, and it is asked"
                            + " again, with pauses",
                    call.address(),
                    reply.message(),
                    id);
        }
    }

    private void answered() {
        odd.set(false);
        if (away.compareAndSet(true, false)) {
            LOG.info("The schema registry answers again, at {}", call.address());
        }
    }

    private static String encoded(String subject) {
        return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
