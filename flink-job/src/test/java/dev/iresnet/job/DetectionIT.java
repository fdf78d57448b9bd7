package dev.iresnet.job;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.iresnet.Condition;
import dev.iresnet.cli.Iresnet;
import dev.iresnet.config.JobConfig;
import dev.iresnet.image.Preprocessing;
import dev.iresnet.inference.DrawnPicture;
import dev.iresnet.model.card.ModelCard;
import dev.iresnet.model.card.ModelDirectory;
import dev.iresnet.model.card.Network;
import dev.iresnet.model.export.ModelExporter;
import dev.iresnet.model.export.SeededWeights;
import dev.iresnet.proving.broker.EmbeddedBroker;
import dev.iresnet.schemas.SchemaHistory;
import dev.iresnet.schemas.avro.Box;
import dev.iresnet.schemas.avro.Detection;
import dev.iresnet.schemas.avro.ImageEncoding;
import dev.iresnet.schemas.avro.ImageEvent;
import dev.iresnet.schemas.avro.LabeledResult;
import dev.iresnet.schemas.avro.ResultStatus;
import dev.iresnet.zoo.Architecture;
import dev.iresnet.zoo.Family;
import dev.iresnet.zoo.Networks;
import dev.iresnet.zoo.ReluForm;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.avro.SchemaNormalization;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The whole job with a detector: Kafka, Flink, decoding, a small SSD300 in TensorFlow. */
@Timeout(180)
class DetectionIT {
    private static final int FRAMES = 4 * Topics.CAMERAS;
    private static final float MIN_SCORE = 0.4f;
    private static final int MAX_BOXES = 12;
    private static final int MAX_BATCH = 4;

    /** As the Object Detection API exports; written by model-loader's make_savedmodels.py. */
    private static final Path DETECTOR =
            Path.of("../model-loader/src/test/resources/savedmodels/detector");

    @TempDir private Path folder;

    @Test
    void findsWhatPredictFindsInEachFrameOnceOverTheLossOfATaskManager() throws Exception {
        findsWhatPredictFinds(ssd());
    }

    /** Which takes pictures one by one, whatever the size of a batch, and chooses its own boxes. */
    @Test
    void findsWhatADetectorOfTensorFlowFindsLikewise() throws Exception {
        findsWhatPredictFinds(foreign());
    }

    private void findsWhatPredictFinds(Path model) throws Exception {
        List<Path> pictures = pictures();
        Map<String, JsonNode> expected = predict(model, pictures);
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                Topics topics = Topics.create(broker, "objects");
                Cluster cluster = Cluster.start(2)) {
            List<String> arguments = arguments(topics, model);
            JobID job = cluster.submit(arguments, factory(arguments), 2, null);
            send(topics, pictures, 0, FRAMES / 2);
            Condition.await(
                    "half is answered",
                    () -> {
                        throwIfFailed(cluster, job);
                        return topics.allResults().size() >= FRAMES / 2;
                    });
            cluster.checkpoint(job);
            send(topics, pictures, FRAMES / 2, FRAMES);
            Condition.await("more is answered", () -> topics.allResults().size() > FRAMES / 2);
            cluster.replaceTaskManager(() -> {});
            cluster.awaitRunning(job);
            Condition.await(
                    "all is answered",
                    () ->
                            topics.allResults().stream().map(DetectionIT::id).distinct().count()
                                    == FRAMES);
            Condition.await(
                    "sizes of batches over REST",
                    () -> {
                        long batches = cluster.sum(job, "tagging.iresnet.batches");
                        long frames = cluster.sum(job, "tagging.iresnet.labelled");
                        return batches > 0 && frames >= batches && frames <= MAX_BATCH * batches;
                    });
            cluster.stopWithSavepoint(job, folder.resolve("savepoints"));

            List<LabeledResult> results = topics.committedResults();
            assertThat(results)
                    .extracting(LabeledResult::getEventId)
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, FRAMES).mapToObj(i -> "event-" + i).toList());
            for (LabeledResult result : results) {
                int number = Integer.parseInt(id(result).substring("event-".length()));
                Path picture = pictures.get(number % pictures.size());
                assertIsAsPredicted(result, requireNonNull(expected.get(picture.toString())));
            }
            assertThat(topics.resultRecords())
                    .as("written by the second schema")
                    .extracting(ConsumerRecord::value)
                    .allSatisfy(
                            value ->
                                    assertThat(ByteBuffer.wrap(value, 2, 8).getLong())
                                            .isEqualTo(
                                                    Long.reverseBytes(
                                                            SchemaNormalization
                                                                    .parsingFingerprint64(
                                                                            SchemaHistory
                                                                                    .labeledResult()
                                                                                    .get(1)))));
        }
    }

    /** With the cause, where the job ends for good, instead of waiting for what never comes. */
    private static void throwIfFailed(Cluster cluster, JobID job) throws Exception {
        if (cluster.get("/jobs/" + job).path("state").asText().equals("FAILED")) {
            cluster.result(job).toJobExecutionResult(DetectionIT.class.getClassLoader());
        }
    }

    private static String id(LabeledResult result) {
        return result.getEventId();
    }

    private static void assertIsAsPredicted(LabeledResult result, JsonNode predicted) {
        assertThat(result.getStatus()).isEqualTo(ResultStatus.LABELED);
        assertThat(result.getLabels()).isEmpty();
        assertThat(result.getWidth()).isEqualTo(predicted.get("width").asInt());
        assertThat(result.getHeight()).isEqualTo(predicted.get("height").asInt());
        JsonNode boxes = predicted.get("detections");
        assertThat(boxes.size()).isBetween(1, MAX_BOXES);
        assertThat(result.getDetections()).hasSize(boxes.size());
        for (int i = 0; i < boxes.size(); i++) {
            Detection found = result.getDetections().get(i);
            JsonNode wanted = boxes.get(i);
            assertThat(found.getIndex()).isEqualTo(wanted.get("index").asInt());
            assertThat(found.getName()).isEqualTo(wanted.get("name").asText());
            assertClose(found.getScore(), wanted.get("score"));
            Box box = found.getBox();
            assertClose(box.getXMin(), wanted.get("box").get(0));
            assertClose(box.getYMin(), wanted.get("box").get(1));
            assertClose(box.getXMax(), wanted.get("box").get(2));
            assertClose(box.getYMax(), wanted.get("box").get(3));
        }
    }

    private static void assertClose(float found, JsonNode wanted) {
        assertThat((double) found).isCloseTo(wanted.asDouble(), within(1e-3));
    }

    private Path foreign() throws Exception {
        Path labels = Files.writeString(folder.resolve("labels.txt"), "a\nb\nc\nd\ne\n");
        Path model = folder.resolve("foreign");
        StringWriter err = new StringWriter();
        int status =
                Iresnet.commandLine()
                        .setOut(new PrintWriter(new StringWriter()))
                        .setErr(new PrintWriter(err))
                        .execute(
                                "import",
                                DETECTOR.toString(),
                                "--labels=" + labels,
                                "--first-class=1",
                                "--input-size=24x16",
                                "--output=" + model);
        assertThat(status).as(err.toString()).isZero();
        return ModelDirectory.open(model).path();
    }

    private Path ssd() {
        Architecture network = Networks.ssd300(Family.IRESNET, 18, 8).withClasses(3);
        ModelCard card =
                ModelCard.of(
                        new Network(network, ReluForm.PAPER),
                        List.of("cat", "dog", "elk"),
                        Preprocessing.IMAGENET.stretchedTo(300),
                        Optional.empty());
        return ModelExporter.export(card, new SeededWeights(network, 3), folder.resolve("ssd"))
                .path();
    }

    private List<Path> pictures() throws Exception {
        List<Path> files = new ArrayList<>();
        for (DrawnPicture picture : DrawnPicture.all()) {
            Path file = folder.resolve(files.size() + "." + picture.type());
            files.add(Files.write(file, picture.bytes()));
        }
        return files;
    }

    /** By file. */
    private static Map<String, JsonNode> predict(Path model, List<Path> pictures) throws Exception {
        StringWriter out = new StringWriter();
        CommandLine command = Iresnet.commandLine().setOut(new PrintWriter(out));
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "predict",
                                "--json",
                                "--min-score=" + MIN_SCORE,
                                "--max-boxes=" + MAX_BOXES,
                                "--model=" + model));
        pictures.forEach(picture -> arguments.add(picture.toString()));
        assertThat(command.execute(arguments.toArray(String[]::new))).isZero();
        Map<String, JsonNode> predicted = new HashMap<>();
        for (String line : out.toString().lines().toList()) {
            JsonNode json = new ObjectMapper().readTree(line);
            predicted.put(json.get("file").asText(), json);
        }
        return predicted;
    }

    private static List<String> arguments(Topics topics, Path model) {
        List<String> arguments =
                new ArrayList<>(
                        topics.arguments(
                                "--batch.max-size=" + MAX_BATCH,
                                "--detection.min-score=" + MIN_SCORE,
                                "--detection.max-boxes=" + MAX_BOXES));
        arguments.replaceAll(
                argument ->
                        argument.startsWith("--model.path=") ? "--model.path=" + model : argument);
        return arguments;
    }

    private static TensorFlowEngineFactory factory(List<String> arguments) {
        JobConfig config = JobConfig.read(arguments, Map.of());
        return new TensorFlowEngineFactory(
                config.engine(),
                config.input().format(),
                config.input().keyFormat(),
                new EventSchemas(config.input().writerSchemas(), config.registry()),
                new SavedModelSource(),
                MAX_BOXES);
    }

    private static void send(Topics topics, List<Path> pictures, int from, int to)
            throws Exception {
        for (int number = from; number < to; number++) {
            Path picture = pictures.get(number % pictures.size());
            topics.send(
                    ImageEvent.newBuilder()
                            .setEventId("event-" + number)
                            .setCameraId("camera-" + number % Topics.CAMERAS)
                            .setFrameNumber(number / Topics.CAMERAS)
                            .setCapturedAt(Instant.parse("2026-01-01T00:00:00Z").plusMillis(number))
                            .setEncoding(
                                    picture.toString().endsWith("png")
                                            ? ImageEncoding.PNG
                                            : ImageEncoding.JPEG)
                            .setImage(ByteBuffer.wrap(Files.readAllBytes(picture)))
                            .build());
        }
        topics.flush();
    }
}
