package dev.iresnet.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.Condition;
import dev.iresnet.ShakyFileSystem;
import dev.iresnet.config.JobConfig;
import dev.iresnet.proving.broker.EmbeddedBroker;
import dev.iresnet.proving.feed.ReferenceFormat;
import dev.iresnet.proving.registry.TrialRegistry;
import dev.iresnet.schemas.avro.ImageEvent;
import dev.iresnet.schemas.avro.ImageReference;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every metric that the alert rules and the dashboard ask for is there under that name in a scrape
 * of a running job, and moves when what it counts happens.
 */
@Timeout(180)
class MonitoringIT {
    private static final String OPERATOR = "flink_taskmanager_job_task_operator_";
    private static final Path MONITORING = Path.of("../deploy/monitoring");
    private static final Pattern NAME =
            Pattern.compile("\\bflink_(?:job|task)manager_[A-Za-z_]+\\b");
    private static final Pattern SAMPLE =
            Pattern.compile("(?m)^(flink_\\w+)(?:\\{[^\\n]*})? (\\S+)$");

    /**
     * There, but at zero: results that are lost, for which CommitGapIT has the count move, and how
     * long a restart waits, which is a moment here.
     */
    private static final Set<String> STILL =
            Set.of(OPERATOR + "failedCommittables", "flink_jobmanager_job_restartingTime");

    private static final int OLD = 50;
    private static final int REFERRED = 600;

    @TempDir Path folder;

    private final Map<String, Double> most = new HashMap<>();
    private int sent;

    @AfterEach
    void letGo() {
        EventfulEngineFactory.HOLDS.set(false);
        ShakyFileSystem.DOWN.set(false);
        ShakyFileSystem.HANGS.set(false);
        EventfulEngineFactory.FAILURES.set(0);
    }

    @Test
    void everyMetricThatRulesAndDashboardAskForMoves() throws Exception {
        int port = freePort();
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                Topics topics = Topics.create(broker, "monitored");
                TrialRegistry registry = TrialRegistry.start();
                Cluster cluster = Cluster.start(1, prometheus(port))) {
            ShakyFileSystem.DOWN.set(true);
            sendReferred(topics);
            JobID job = submit(cluster, topics, registry);
            loseAStore(port);
            loseTheRegistry(topics, registry, port);
            EventfulEngineFactory.HOLDS.set(true);
            failACheckpoint(cluster, topics, job, port);
            failTheDevice(cluster, topics, job, port);
            for (int number = 0; number < OLD; number++) {
                topics.send(Topics.event(sent++));
            }
            topics.flush();
            cluster.checkpoint(job);

            Set<String> wanted = wanted();
            assertThat(wanted).hasSizeGreaterThan(40);
            Condition.awaitNone("metrics that have not moved", () -> still(wanted, port));
        }
    }

    private JobID submit(Cluster cluster, Topics topics, TrialRegistry registry) throws Exception {
        List<String> arguments =
                topics.arguments(
                        "--freshness.max-age=1 h",
                        "--input.max-in-flight=32",
                        // what a poll brings does not count as waiting in Kafka
                        "--source.kafka.max.poll.records=10",
                        "--references.allowed=shaky://" + folder,
                        "--references.concurrency=2",
                        "--references.timeout=200 ms",
                        "--references.max-pause=100 ms",
                        "--schema-registry.url=" + registry.address(),
                        "--schema-registry.patience=10 s");
        JobConfig config = JobConfig.read(arguments, Map.of());
        return cluster.submit(
                arguments,
                new EventfulEngineFactory(
                        config.engine(), new EventSchemas(List.of(), config.registry())),
                1,
                null);
    }

    /** The task manager goes while a checkpoint waits for a batch that is on the device. */
    private void failACheckpoint(Cluster cluster, Topics topics, JobID job, int port)
            throws Exception {
        topics.send(fresh());
        topics.flush();
        awaitMoved("a batch is on the device", port, OPERATOR + "iresnet_inFlightBatches");
        CompletableFuture<Void> checkpoint = checkpointing(cluster, job);
        awaitMoved(
                "a checkpoint waits", port, "flink_jobmanager_job_numberOfInProgressCheckpoints");
        cluster.replaceTaskManager(() -> EventfulEngineFactory.HOLDS.set(false));
        assertThat(checkpoint).failsWithin(Duration.ofMinutes(1));
        Condition.await("the job has restarted", () -> cluster.restarts(job) >= 1);
        cluster.awaitRunning(job);
    }

    /**
     * All of them before the job is there: the consumer learns with the records of a fetch how many
     * more wait, so one that keeps up until its store is down would know of none.
     */
    private void sendReferred(Topics topics) throws Exception {
        for (int number = 0; number < REFERRED; number++) {
            topics.send(referred());
        }
        topics.flush();
    }

    private void loseAStore(int port) {
        awaitMoved("a store is down", port, OPERATOR + "iresnet_storesDown");
        awaitMoved("frames wait in Kafka", port, OPERATOR + "pendingRecords");
        ShakyFileSystem.HANGS.set(true);
        ShakyFileSystem.DOWN.set(false);
        awaitMoved("reads hang", port, OPERATOR + "iresnet_fetchesStuck");
        ShakyFileSystem.HANGS.set(false);
    }

    /** A schema is asked for, and nobody answers. */
    private void loseTheRegistry(Topics topics, TrialRegistry registry, int port) throws Exception {
        registry.setAway(true);
        ImageEvent event = fresh();
        topics.send(
                event.getCameraId().getBytes(UTF_8),
                Producers.confluent(7_000, Producers.OLDER, event));
        topics.flush();
        awaitMoved("a frame waits for its schema", port, OPERATOR + "iresnet_schemasWaiting");
        awaitMoved("the registry is away", port, OPERATOR + "iresnet_registryDown");
        registry.setAway(false);
    }

    private void failTheDevice(Cluster cluster, Topics topics, JobID job, int port)
            throws Exception {
        EventfulEngineFactory.FAILURES.set(2);
        topics.send(fresh());
        topics.flush();
        awaitMoved("an engine has failed", port, OPERATOR + "iresnet_engineFailures");
        cluster.awaitRunning(job);
    }

    private ImageEvent fresh() {
        return ImageEvent.newBuilder(Topics.event(sent++)).setCapturedAt(Instant.now()).build();
    }

    private ImageEvent referred() throws IOException {
        ImageEvent event = fresh();
        byte[] pixels = ((ByteBuffer) event.getImage()).array();
        Path file = Files.write(folder.resolve(sent + ".rgb"), pixels);
        return ImageEvent.newBuilder(event)
                .setImage(
                        new ImageReference(
                                "shaky://" + file,
                                (long) pixels.length,
                                ReferenceFormat.sha256(pixels)))
                .build();
    }

    private static CompletableFuture<Void> checkpointing(Cluster cluster, JobID job) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        cluster.checkpoint(job);
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                });
    }

    private void awaitMoved(String what, int port, String name) {
        Condition.awaitNone(what, () -> still(Set.of(name), port));
    }

    /** Looks once more; those that were zero or missing at each look until now. */
    private Set<String> still(Set<String> wanted, int port) throws Exception {
        scrape(port).forEach((name, value) -> most.merge(name, value, Math::max));
        Set<String> still = new TreeSet<>();
        for (String name : wanted) {
            Double value = most.get(name);
            if (value == null || (value <= 0 && !STILL.contains(name))) {
                still.add(name + "=" + value);
            }
        }
        return still;
    }

    private static Set<String> wanted() throws IOException {
        Set<String> names = new TreeSet<>();
        for (String file : List.of("alerts.yml", "dashboard.json")) {
            Matcher matcher = NAME.matcher(Files.readString(MONITORING.resolve(file), UTF_8));
            while (matcher.find()) {
                names.add(matcher.group());
            }
        }
        return names;
    }

    /** The greatest sample of each metric. */
    private static Map<String, Double> scrape(int port) throws Exception {
        String text =
                HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(
                                                URI.create("http://127.0.0.1:" + port + "/metrics"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body();
        Map<String, Double> samples = new HashMap<>();
        Matcher matcher = SAMPLE.matcher(text);
        while (matcher.find()) {
            samples.merge(matcher.group(1), Double.valueOf(matcher.group(2)), Math::max);
        }
        return samples;
    }

    private static Configuration prometheus(int port) {
        Configuration configuration = new Configuration();
        configuration.setString(
                "metrics.reporter.prometheus.factory.class",
                "org.apache.flink.metrics.prometheus.PrometheusReporterFactory");
        configuration.setString("metrics.reporter.prometheus.port", Integer.toString(port));
        return configuration;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
