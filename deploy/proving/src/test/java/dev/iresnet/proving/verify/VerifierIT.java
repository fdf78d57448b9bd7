package dev.iresnet.proving.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.iresnet.proving.broker.EmbeddedBroker;
import dev.iresnet.proving.feed.EventFormat;
import dev.iresnet.proving.feed.Feed;
import dev.iresnet.proving.feed.FeedPlan;
import dev.iresnet.proving.feed.FeedProducers;
import dev.iresnet.proving.feed.FrameFormat;
import dev.iresnet.proving.feed.ImageFormat;
import dev.iresnet.proving.feed.Pace;
import dev.iresnet.proving.feed.PictureFolder;
import dev.iresnet.proving.manifest.ManifestWriter;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Feed, a made-up job, and the verifier in a process of its own, over a real broker. */
@Timeout(120)
class VerifierIT {
    private static final int FRAMES = 60;
    private static final JsonMapper JSON = new JsonMapper();

    private static EmbeddedBroker broker;

    @TempDir private Path directory;

    private final List<Process> verifiers = new ArrayList<>();
    private String run = "";
    private Path manifest = Path.of("");

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void prepare() throws IOException {
        run = "run-" + System.nanoTime();
        for (String topic : new String[] {"in", "out", "dlq"}) {
            broker.createTopic(topic(topic), 2);
        }
        manifest = directory.resolve("manifest.jsonl");
        for (String name : new String[] {"cat", "dog"}) {
            Path folder = Files.createDirectories(directory.resolve("frames").resolve(name));
            for (int i = 0; i < 5; i++) {
                Files.writeString(folder.resolve(i + ".jpg"), name + " " + i);
            }
        }
        Files.writeString(directory.resolve("labels.txt"), "cat\ndog\n");
    }

    @AfterEach
    void leaveNoProcess() {
        verifiers.forEach(Process::destroyForcibly);
    }

    @Test
    void seesNoFaultInAGoodRunAndNotWhatWasAborted() throws Exception {
        Process verifier = startVerifier();
        try (BufferedReader lines = verifier.inputReader(UTF_8)) {
            assertThat(JSON.readTree(lines.readLine()).get("type").asText()).isEqualTo("ready");
            feed(new EventFormat(topic("in")));
            try (MadeUpJob job = new MadeUpJob(broker.bootstrapServers(), this::topic)) {
                job.read(FRAMES);
                job.answerAndAbort();
                job.answerAll();
                job.commit();
            }
            verifier.getOutputStream().close();

            JsonNode verdict = verdict(lines);
            assertThat(verifier.waitFor()).as(verdict.toPrettyString()).isZero();
            assertThat(verdict.get("events").asInt()).isEqualTo(FRAMES);
            assertThat(verdict.get("labeled").asInt()).isEqualTo(FRAMES);
            assertThat(verdict.get("faultless").asBoolean()).isTrue();
            // The made-up job calls everything a cat, and half of the pictures are.
            assertThat(verdict.get("accuracy").asDouble()).isCloseTo(0.5, within(1e-9));
            assertThat(verdict.get("latencyMillis").get("p50").asDouble()).isPositive();
            assertThat(verdict.get("visibleLatencyMillis").get("p99").asDouble())
                    .isGreaterThan(verdict.get("latencyMillis").get("p50").asDouble());
            assertThat(JSON.readTree(directory.resolve("verdict.json").toFile()).get("events"))
                    .isEqualTo(verdict.get("events"));
        }
    }

    @Test
    void seesEachFaultOfABadRunOfPlainPictures() throws Exception {
        Process verifier = startVerifier("--idle", "PT3S");
        try (BufferedReader lines = verifier.inputReader(UTF_8)) {
            assertThat(lines.readLine()).contains("ready");
            feed(new ImageFormat(topic("in")));
            try (MadeUpJob job = new MadeUpJob(broker.bootstrapServers(), this::topic)) {
                job.read(FRAMES);
                job.lose(3);
                job.swap(10);
                job.reject(20, "IMAGE_CORRUPT");
                job.answerAll();
                job.answer(30);
                job.commit();
            }
            verifier.getOutputStream().close();

            JsonNode verdict = verdict(lines);
            assertThat(verifier.waitFor()).as(verdict.toPrettyString()).isEqualTo(1);
            assertThat(verdict.get("lost").asInt()).isEqualTo(1);
            assertThat(verdict.get("duplicated").asInt()).isEqualTo(1);
            assertThat(verdict.get("reordered").asInt()).isEqualTo(1);
            assertThat(verdict.get("unknown").asInt()).isZero();
            assertThat(verdict.get("deadLetteredByCode").get("IMAGE_CORRUPT").asInt()).isEqualTo(1);
        }
    }

    @Test
    void saysWhatIsMissing() throws Exception {
        run = "nowhere";
        Process verifier = startVerifier();
        verifier.getOutputStream().close();

        assertThat(verifier.waitFor()).isEqualTo(2);
        assertThat(Files.readString(directory.resolve("errors.txt")))
                .contains("there is no topic 'nowhere-out'");
    }

    private String topic(String name) {
        return run + "-" + name;
    }

    private void feed(FrameFormat format) throws Exception {
        try (Producer<byte[], byte[]> producer =
                        FeedProducers.create(
                                Map.of("bootstrap.servers", broker.bootstrapServers()));
                ManifestWriter writer = ManifestWriter.open(manifest)) {
            PictureFolder pictures = PictureFolder.of(directory.resolve("frames"));
            new Feed(pictures, format, producer, Pace.real())
                    .run(new FeedPlan(4, 500, FRAMES, 1), writer::write);
        }
    }

    private Process startVerifier(String... more) throws IOException {
        ProcessBuilder command =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        VerifierMain.class.getName(),
                        "--bootstrap-servers",
                        broker.bootstrapServers(),
                        "--output",
                        topic("out"),
                        "--dead-letters",
                        topic("dlq"),
                        "--manifest",
                        manifest.toString(),
                        "--labels",
                        directory.resolve("labels.txt").toString(),
                        "--linger",
                        "PT1S",
                        "--json",
                        directory.resolve("verdict.json").toString());
        command.command().addAll(List.of(more));
        Process process = command.redirectError(directory.resolve("errors.txt").toFile()).start();
        verifiers.add(process);
        return process;
    }

    private static JsonNode verdict(BufferedReader lines) throws IOException {
        String last = "";
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            last = line;
        }
        JsonNode verdict = JSON.readTree(last);
        assertThat(verdict.get("type").asText()).isEqualTo("verdict");
        return verdict;
    }
}
