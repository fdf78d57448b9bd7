package dev.iresnet.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.Condition;
import dev.iresnet.proving.broker.EmbeddedBroker;
import dev.iresnet.schemas.avro.ImageEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Every metric that the alert rules and the dashboard ask for is there under that name in a scrape
 * of a running job, and moves when what it counts has happened.
 */
@Timeout(180)
class MonitoringIT {
    private static final Path MONITORING = Path.of("../deploy/monitoring");
    private static final Pattern NAME = Pattern.compile("\\bflink_[A-Za-z_]+\\b");
    private static final Pattern SAMPLE =
            Pattern.compile("(?m)^(flink_\\w+)(?:\\{[^\\n]*})? (\\S+)$");

    /** What may be zero in a healthy job that stands still. */
    private static final Set<String> MAY_BE_ZERO =
            Set.of(
                    "flink_jobmanager_job_numberOfFailedCheckpoints",
                    "flink_taskmanager_Status_JVM_CPU_Load",
                    "flink_taskmanager_job_task_operator_iresnet_inFlightBatches",
                    "flink_taskmanager_job_task_operator_iresnet_pending",
                    "flink_taskmanager_job_task_operator_pendingRecords");

    @Test
    void everyMetricThatRulesAndDashboardAskForMoves() throws Exception {
        int port = freePort();
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                Topics topics = Topics.create(broker, "monitored");
                Cluster cluster = Cluster.start(1, prometheus(port))) {
            JobID job =
                    cluster.submit(
                            topics.arguments("--freshness.max-age=1 h"),
                            new EventfulRecipe(),
                            1,
                            null);
            cluster.awaitRunning(job);
            cluster.replaceTaskManager(() -> {});
            Condition.await("the job has restarted", () -> cluster.restarts(job) >= 1);
            cluster.awaitRunning(job);
            for (int number = 0; number < 200; number++) {
                ImageEvent event = Topics.event(number);
                topics.send(
                        number % 4 == 0
                                ? event
                                : ImageEvent.newBuilder(event)
                                        .setCapturedAt(Instant.now())
                                        .build());
            }
            topics.flush();
            cluster.checkpoint(job);

            Set<String> wanted = wanted();
            assertThat(wanted).hasSizeGreaterThan(30);
            Condition.await("all metrics have moved", () -> still(wanted, scrape(port)).isEmpty());
        }
    }

    /** Those that are missing, or zero though they should not be. */
    private static Set<String> still(Set<String> wanted, Map<String, Double> found) {
        Set<String> still = new TreeSet<>();
        for (String name : wanted) {
            Double value = found.get(name);
            if (value == null || (value <= 0 && !MAY_BE_ZERO.contains(name))) {
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
