package dev.iresnet.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.Condition;
import dev.iresnet.config.JobConfig;
import dev.iresnet.event.FailureCode;
import dev.iresnet.kafka.HeaderNames;
import dev.iresnet.proving.broker.EmbeddedBroker;
import dev.iresnet.proving.broker.TlsKey;
import dev.iresnet.proving.registry.TrialRegistry;
import dev.iresnet.schemas.RegistryFormat;
import dev.iresnet.schemas.SchemaHistory;
import dev.iresnet.schemas.avro.ImageEvent;
import dev.iresnet.schemas.avro.LabeledResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Producers of several ages into one job at once, with a schema registry and without. */
@Timeout(180)
class RegistryIT {
    private static final int FRAMES = 60;

    private static EmbeddedBroker broker;
    private static Cluster cluster;

    @TempDir Path directory;

    private final PixelRecipe recipe = PixelRecipe.of(new PixelModel(), 8);
    private final List<JobID> submitted = new ArrayList<>();

    @BeforeAll
    static void startBroker() throws Exception {
        broker = EmbeddedBroker.start();
        cluster = Cluster.start(1);
    }

    @AfterAll
    static void stopBroker() {
        cluster.close();
        broker.close();
    }

    /** Also after a failure, or the next test finds no slot. */
    @AfterEach
    void cancelJobs() throws Exception {
        for (JobID job : submitted) {
            cluster.cancel(job);
        }
    }

    @Test
    void olderAndNewerProducersAreReadByTheSchemasThatTheJobIsGiven() throws Exception {
        Files.writeString(directory.resolve("older.avsc"), Producers.OLDER.toString());
        Files.writeString(directory.resolve("newer.avsc"), Producers.NEWER.toString());
        try (Topics topics = Topics.create(broker, "ages")) {
            JobID job = submit(topics.arguments("--input.schemas-path=" + directory));
            for (int i = 0; i < FRAMES; i++) {
                ImageEvent event = Topics.event(i);
                Schema schema = i % 2 == 0 ? Producers.OLDER : Producers.NEWER;
                send(
                        topics,
                        event,
                        i % 3 == 0 ? Topics.encoded(event) : Producers.singleObject(schema, event));
            }
            topics.flush();
            commit(job, topics, FRAMES, 0);
            assertThat(topics.committedResults())
                    .extracting(LabeledResult::getEventId)
                    .containsExactlyInAnyOrderElementsOf(ids());
        }
    }

    @Test
    void readsAndWritesConfluentsFramingByTheRegistry() throws Exception {
        try (TrialRegistry registry = TrialRegistry.start();
                Topics topics = Topics.create(broker, "registry")) {
            int older = registry.register("registry-value", Producers.OLDER.toString());
            int newer = registry.register("registry-value", Producers.NEWER.toString());
            JobID job = submit(topics.arguments("--schema-registry.url=" + registry.address()));
            assertThat(registry.subjects()).contains("registry.labels-value");
            for (int i = 0; i < FRAMES; i++) {
                ImageEvent event = Topics.event(i);
                byte[] value =
                        switch (i % 3) {
                            case 0 -> Producers.confluent(older, Producers.OLDER, event);
                            case 1 -> Producers.confluent(newer, Producers.NEWER, event);
                            default -> Topics.encoded(event);
                        };
                send(topics, event, value);
            }
            int unknown = 1_000_000;
            send(
                    topics,
                    Topics.event(0),
                    Producers.confluent(unknown, Producers.OLDER, Topics.event(0)));
            topics.flush();
            commit(job, topics, FRAMES, 1);

            assertThat(results(topics, registry))
                    .extracting(LabeledResult::getEventId)
                    .containsExactlyInAnyOrderElementsOf(ids());
            assertThat(code(topics.deadLetterRecords().get(0)))
                    .isEqualTo(FailureCode.UNKNOWN_SCHEMA.name());
            assertThat(registry.questions()).as("one for each id").isEqualTo(3);
        }
    }

    @Test
    void aRegistryThatIsAwayIsWaitedFor() throws Exception {
        try (TrialRegistry registry = TrialRegistry.start();
                Topics topics = Topics.create(broker, "away")) {
            int older = registry.register("away-value", Producers.OLDER.toString());
            JobID job =
                    submit(
                            topics.arguments(
                                    "--schema-registry.url=" + registry.address(),
                                    "--output.framing=single-object"));
            registry.setAway(true);
            for (int i = 0; i < FRAMES; i++) {
                ImageEvent event = Topics.event(i);
                send(topics, event, Producers.confluent(older, Producers.OLDER, event));
            }
            topics.flush();
            Condition.await("frames wait", () -> recipe.pending() > 0);
            assertThat(topics.allResults()).isEmpty();

            registry.setAway(false);
            commit(job, topics, FRAMES, 0);
            assertThat(topics.committedResults())
                    .extracting(LabeledResult::getEventId)
                    .containsExactlyInAnyOrderElementsOf(ids());
            assertThat(cluster.restarts(job)).isZero();
        }
    }

    /** Else a stranger's two bytes would hold up everybody's labels while a registry is down. */
    @Test
    void framesOfUnknownSchemasHoldUpNeitherOthersNorCheckpointsWhileTheRegistryIsAway()
            throws Exception {
        try (TrialRegistry registry = TrialRegistry.start();
                Topics topics = Topics.create(broker, "held-up")) {
            int older = registry.register("held-up-value", Producers.OLDER.toString());
            JobID job =
                    submit(
                            topics.arguments(
                                    "--schema-registry.url=" + registry.address(),
                                    "--schema-registry.patience=100 ms",
                                    "--output.framing=single-object"));
            registry.setAway(true);
            for (int i = 0; i < FRAMES; i++) {
                ImageEvent event = Topics.event(i);
                send(topics, event, Topics.encoded(event));
                if (i % 10 == 0) {
                    send(topics, event, Producers.confluent(7_000 + i, Producers.OLDER, event));
                }
            }
            topics.flush();
            commit(job, topics, FRAMES, FRAMES / 10);
            assertThat(topics.deadLetterRecords())
                    .extracting(RegistryIT::code)
                    .containsOnly(FailureCode.SCHEMA_UNREACHABLE.name());
            assertThat(topics.deadLetterRecords().get(0).headers().toString())
                    .as("what strangers may read")
                    .doesNotContain(registry.address());

            registry.setAway(false);
            ImageEvent event = Topics.event(FRAMES);
            Condition.await(
                    "its schemas are used again",
                    () -> {
                        send(topics, event, Producers.confluent(older, Producers.OLDER, event));
                        topics.flush();
                        return cluster.sum(job, "tagging.iresnet.labelled") > FRAMES;
                    });
            assertThat(cluster.restarts(job)).isZero();
        }
    }

    @Test
    void aRegistryMayDemandTlsAndALogin() throws Exception {
        TlsKey key = TlsKey.generate(directory, "registry", "battery-staple");
        Files.writeString(directory.resolve("password"), "correct-horse");
        try (TrialRegistry registry = TrialRegistry.start(key);
                Topics topics = Topics.create(broker, "guarded-registry")) {
            registry.demandLogin("job:correct-horse");
            int older = registry.register("guarded-registry-value", Producers.OLDER.toString());
            JobID job =
                    submit(
                            topics.arguments(
                                    "--schema-registry.url=" + registry.address(),
                                    "--schema-registry.basic-auth.user-info=job:${directory:"
                                            + directory
                                            + ":password}",
                                    "--schema-registry.ssl.truststore.type=PEM",
                                    "--schema-registry.ssl.truststore.location="
                                            + key.certificatePem()));
            ImageEvent event = Topics.event(0);
            send(topics, event, Producers.confluent(older, Producers.OLDER, event));
            topics.flush();
            commit(job, topics, 1, 0);
            assertThat(results(topics, registry)).hasSize(1);
        }
    }

    private JobID submit(List<String> arguments) throws Exception {
        JobID job = cluster.submit(arguments, recipe.with(config(arguments)), 1, null);
        submitted.add(job);
        return job;
    }

    private static JobConfig config(List<String> arguments) {
        return JobConfig.read(arguments, Map.of());
    }

    private static void send(Topics topics, ImageEvent event, byte[] value) {
        topics.send(event.getCameraId().getBytes(UTF_8), value);
    }

    private static void commit(JobID job, Topics topics, int results, int deadLetters)
            throws Exception {
        Condition.await(
                "all is answered",
                () ->
                        cluster.sum(job, "tagging.iresnet.labelled") == results
                                && cluster.sum(job, "tagging.iresnet.deadLettered") == deadLetters);
        cluster.checkpoint(job);
        Condition.await(
                "all is committed",
                () ->
                        topics.resultRecords().size() == results
                                && topics.deadLetterRecords().size() == deadLetters);
    }

    /** As a consumer reads them that has only the registry. */
    private static List<LabeledResult> results(Topics topics, TrialRegistry registry)
            throws Exception {
        Schema registered = SchemaHistory.labeledResult().get(0);
        int id = registry.register("test", registered.toString());
        RegistryFormat<LabeledResult> format =
                RegistryFormat.ofLabeledResults(
                        given -> {
                            assertThat(given).isEqualTo(id);
                            return Optional.of(registered);
                        },
                        Duration.ZERO);
        List<LabeledResult> results = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : topics.resultRecords()) {
            results.add(format.decode(record.value()));
        }
        return results;
    }

    private static String code(ConsumerRecord<byte[], byte[]> letter) {
        return new String(letter.headers().lastHeader(HeaderNames.CODE).value(), UTF_8);
    }

    private static List<String> ids() {
        return IntStream.range(0, FRAMES).mapToObj(i -> "event-" + i).toList();
    }
}
