package dev.iresnet.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.iresnet.Condition;
import dev.iresnet.LogWatch;
import dev.iresnet.config.ConfigException;
import dev.iresnet.schemas.avro.LabeledResult;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole job against a broker that turns strangers away. */
@Timeout(180)
class GuardedKafkaIT {
    private static final int GOOD = 40;

    @TempDir static Path directory;

    private static GuardedKafka kafka;
    private static Cluster cluster;

    private final PixelRecipe recipe = PixelRecipe.of(new PixelModel(), 8);

    @BeforeAll
    static void startBroker() throws Exception {
        kafka = GuardedKafka.start(directory);
        cluster = Cluster.start(1);
    }

    @AfterAll
    static void stopBroker() {
        cluster.close();
        kafka.close();
    }

    @Test
    void labelsOverTlsWithAScramLogin() throws Exception {
        assertLabels("scram", kafka.login("SCRAM-SHA-512", "password"));
    }

    @Test
    void labelsAsTheReadmeSays() throws Exception {
        assertLabels("readme", List.of("--config=" + kafka.readmesExample()));
    }

    @Test
    void labelsOverTlsWithAPlainLoginAndTrustInPem() throws Exception {
        assertLabels("plain", kafka.plainLogin());
    }

    @Test
    void labelsWithACertificateOfItsOwn() throws Exception {
        assertLabels("certificate", kafka.certificate());
    }

    @Test
    void labelsWithACertificateOfItsOwnInPem() throws Exception {
        assertLabels("pem", kafka.certificateInPem());
    }

    @Test
    void aSourceAndSinksMayLogInDifferently() throws Exception {
        List<String> asSource =
                kafka.login("SCRAM-SHA-512", "password").stream()
                        .map(a -> a.replace("--kafka.sasl", "--source.kafka.sasl"))
                        .toList();
        List<String> asSink =
                kafka.login("PLAIN", "password").stream()
                        .filter(a -> a.contains("kafka.sasl"))
                        .map(a -> a.replace("--kafka.sasl", "--sink.kafka.sasl"))
                        .toList();
        List<String> both = new ArrayList<>(asSource);
        both.addAll(asSink);
        assertLabels("two-logins", both);
    }

    @Test
    void aWrongPasswordIsNamedByItsKeyBeforeTheJobIsSubmitted() {
        assertThat(refusal(kafka.login("SCRAM-SHA-512", "wrong")))
                .contains("refused the login")
                .contains("Check kafka.sasl.jaas.config and kafka.sasl.mechanism");
    }

    @Test
    void aServerThatIsNotTrustedIsNamedByTheKeyOfTheTrustStore() {
        List<String> arguments =
                replaced(
                        kafka.login("SCRAM-SHA-512", "password"),
                        "--kafka.ssl.truststore.location=",
                        kafka.wrongTrustStore().toString());
        assertThat(refusal(arguments))
                .contains("could not be reached over TLS")
                .contains("unable to find valid certification path")
                .contains("Check kafka.ssl.truststore.location");
    }

    @Test
    void aClientWithoutTheCertificateThatIsDemandedIsToldSo() {
        List<String> arguments =
                kafka.certificate().stream().filter(a -> !a.contains("keystore")).toList();
        assertThat(refusal(arguments)).contains("kafka.ssl.keystore.location");
    }

    @Test
    void aPasswordThatIsNotThereIsNamedByItsKey() {
        assertThat(refusal(kafka.login("SCRAM-SHA-512", "absent")))
                .contains("kafka.sasl.jaas.config refers to ${directory:" + directory + ":absent}")
                .contains("names nothing on this machine");
    }

    @Test
    void secretsAreInNoLogNoAnswerOfFlinksNorInTheJobNorItsSavepoint() throws Exception {
        List<String> arguments = kafka.login("SCRAM-SHA-512", "password");
        try (Topics topics = Topics.create(kafka.broker(), "secrets");
                LogWatch log = new LogWatch(secrets())) {
            List<String> all = arguments(topics, arguments);
            StreamGraph graph = cluster.graph(all, recipe, 1);
            graph.serializeUserDefinedInstances();
            assertThat(text(graph)).contains("${directory:").doesNotContain(secrets());
            assertThat(text(cluster.graph(all, recipe, 1).getJobGraph()))
                    .contains("${directory:")
                    .doesNotContain(secrets());

            JobID job = run(topics, all);
            assertThat(answers(job))
                    .allSatisfy(answer -> assertThat(answer).doesNotContain(secrets()));
            String savepoint = cluster.stopWithSavepoint(job, directory.resolve("savepoints"));
            assertThat(files(savepoint))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(file).doesNotContain(secrets()));
            assertThat(log.lines()).as("lines that were looked at").isGreaterThan(1000);
            assertThat(log.found()).isEmpty();
        }
    }

    private static String[] secrets() {
        return new String[] {GuardedKafka.PASSWORD, GuardedKafka.STORE_PASSWORD};
    }

    private void assertLabels(String name, List<String> clients) throws Exception {
        try (Topics topics = Topics.create(kafka.broker(), name)) {
            JobID job = run(topics, arguments(topics, clients));
            assertThat(topics.committedResults())
                    .extracting(LabeledResult::getEventId)
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, GOOD).mapToObj(i -> "event-" + i).toList());
            assertThat(cluster.restarts(job)).isZero();
            cluster.cancel(job);
        }
    }

    /** Forty labels and a dead letter, all committed. */
    private JobID run(Topics topics, List<String> arguments) throws Exception {
        JobID job = cluster.submit(arguments, recipe, 1, null);
        topics.sendFrames(0, GOOD);
        topics.send("camera".getBytes(UTF_8), "not an event".getBytes(UTF_8));
        topics.flush();
        Condition.await(
                "all is sent",
                () ->
                        topics.allResults().size() == GOOD
                                && cluster.sum(job, "tagging.iresnet.deadLettered") == 1);
        cluster.checkpoint(job);
        Condition.await(
                "all is committed",
                () ->
                        topics.committedResults().size() == GOOD
                                && topics.deadLetterRecords().size() == 1);
        return job;
    }

    private static String refusal(List<String> clients) {
        List<String> arguments = new ArrayList<>(clients);
        arguments.addAll(
                List.of(
                        "--input.topics=in",
                        "--output.topic=out",
                        "--model.path=unused",
                        "--kafka.default.api.timeout.ms=3000",
                        "--kafka.request.timeout.ms=3000"));
        String message =
                String.valueOf(
                        catchThrowableOfType(
                                        ConfigException.class,
                                        () -> TaggingJob.main(arguments.toArray(String[]::new)))
                                .getMessage());
        assertThat(message).doesNotContain(secrets());
        return message;
    }

    private static List<String> answers(JobID job) throws Exception {
        List<String> paths = new ArrayList<>(List.of("/config", "/jobmanager/config"));
        paths.addAll(List.of("/jobmanager/environment", "/taskmanagers", "/jobs/overview"));
        for (String part : List.of("", "/config", "/plan", "/exceptions", "/checkpoints")) {
            paths.add("/jobs/" + job + part);
        }
        for (JsonNode vertex : cluster.get("/jobs/" + job).get("vertices")) {
            paths.add("/jobs/%s/vertices/%s".formatted(job, vertex.get("id").asText()));
        }
        for (JsonNode manager : cluster.get("/taskmanagers").get("taskmanagers")) {
            paths.add("/taskmanagers/" + manager.get("id").asText());
        }
        List<String> answers = new ArrayList<>();
        for (String path : paths) {
            answers.add(path + " " + cluster.get(path));
        }
        return answers;
    }

    private static List<String> files(String savepoint) throws Exception {
        List<String> contents = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of(URI.create(savepoint)))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.add(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return contents;
    }

    /** Java's serial form keeps strings readable. */
    private static String text(Object serializable) throws Exception {
        return new String(
                InstantiationUtil.serializeObject(serializable), StandardCharsets.ISO_8859_1);
    }

    private static List<String> arguments(Topics topics, List<String> clients) {
        List<String> arguments = new ArrayList<>(clients);
        topics.arguments().stream()
                .filter(argument -> !argument.startsWith("--kafka.bootstrap.servers="))
                .forEach(arguments::add);
        return arguments;
    }

    private static List<String> replaced(List<String> arguments, String start, String value) {
        return arguments.stream().map(a -> a.startsWith(start) ? start + value : a).toList();
    }
}
