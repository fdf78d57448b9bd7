package dev.iresnet.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.iresnet.Condition;
import dev.iresnet.config.JobConfig;
import dev.iresnet.proving.broker.EmbeddedBroker;
import dev.iresnet.schemas.avro.ImageEncoding;
import dev.iresnet.schemas.avro.ImageEvent;
import dev.iresnet.schemas.avro.LabeledResult;
import dev.iresnet.tensorflow.Cpu;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole job, with its real network: Kafka, Flink, decoding and TensorFlow. */
@Tag("guise")
@Timeout(180)
class DemoFramesIT {
    private static final Path DEMO = Path.of("..", "deploy", "local", "demo");
    private static final Path MODEL = DEMO.resolve("models").resolve("cifar10-iresnet20");
    private static final int FRAMES_OF_A_CLASS = 20;

    /** Of these 200 frames, by the float64 reference that the demo's README names. */
    private static final int REFERENCE_RIGHT = 183;

    @TempDir private Path savepoints;

    /** By the CPU's flags alone, so that nothing is skipped because it failed. */
    @BeforeAll
    static void needsACpuThatCanShowTheGuise() {
        Optional<String> flag = Optional.ofNullable(System.getProperty("guise.flag"));
        assumeThat(Cpu.ofThisMachine().flags())
                .as("flags of this CPU, for the guise " + System.getProperty("guise"))
                .containsAll(flag.stream().toList());
    }

    @Test
    void labelsTwoHundredFramesOnceAndAsTheReferenceDoes() throws Exception {
        List<Path> frames = frames();
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                Topics topics = Topics.create(broker, "demo");
                Cluster cluster = Cluster.start(2)) {
            JobID job = submit(cluster, topics);
            for (int number = 0; number < frames.size(); number++) {
                topics.send(event(frames.get(number), number));
            }
            topics.flush();
            Condition.await(
                    "all are labelled",
                    () -> {
                        throwIfFailed(cluster, job);
                        return topics.allResults().size() >= frames.size();
                    });
            cluster.stopWithSavepoint(job, savepoints);

            List<LabeledResult> results = topics.committedResults();
            assertThat(results)
                    .extracting(LabeledResult::getEventId)
                    .containsExactlyInAnyOrderElementsOf(
                            frames.stream().map(Path::toString).toList());
            assertThat(results.stream().filter(DemoFramesIT::isRight).count())
                    .isCloseTo(REFERENCE_RIGHT, within(1L));
        }
    }

    private static JobID submit(Cluster cluster, Topics topics) throws Exception {
        List<String> arguments = new ArrayList<>(topics.arguments());
        arguments.replaceAll(
                argument ->
                        argument.startsWith("--model.path=") ? "--model.path=" + MODEL : argument);
        JobConfig config = JobConfig.read(arguments, Map.of());
        TensorFlowEngineFactory factory =
                new TensorFlowEngineFactory(
                        config.engine(),
                        config.input().format(),
                        config.input().keyFormat(),
                        new EventSchemas(config.input().writerSchemas(), config.registry()),
                        new SavedModelSource(),
                        0);
        return cluster.submit(arguments, factory, 2, null);
    }

    /** With the cause, where the job ends for good, instead of waiting for what never comes. */
    private static void throwIfFailed(Cluster cluster, JobID job) throws Exception {
        if (cluster.get("/jobs/" + job).path("state").asText().equals("FAILED")) {
            cluster.result(job).toJobExecutionResult(DemoFramesIT.class.getClassLoader());
        }
    }

    private static List<Path> frames() throws Exception {
        try (Stream<Path> files = Files.walk(DEMO.resolve("frames"))) {
            return files.filter(file -> file.toString().endsWith(".jpg"))
                    .filter(file -> number(file) < FRAMES_OF_A_CLASS)
                    .sorted()
                    .toList();
        }
    }

    private static int number(Path file) {
        return Integer.parseInt(file.getFileName().toString().replace(".jpg", ""));
    }

    private static ImageEvent event(Path frame, int number) throws Exception {
        return ImageEvent.newBuilder()
                .setEventId(frame.toString())
                .setCameraId("camera-" + number % Topics.CAMERAS)
                .setFrameNumber(number / Topics.CAMERAS)
                .setCapturedAt(Instant.parse("2026-01-01T00:00:00Z").plusMillis(number))
                .setEncoding(ImageEncoding.JPEG)
                .setImage(ByteBuffer.wrap(Files.readAllBytes(frame)))
                .build();
    }

    /** The directory of a frame is the truth. */
    private static boolean isRight(LabeledResult result) {
        Path frame = Path.of(result.getEventId());
        String truth = frame.getName(frame.getNameCount() - 2).toString();
        return result.getLabels().get(0).getName().equals(truth);
    }
}
