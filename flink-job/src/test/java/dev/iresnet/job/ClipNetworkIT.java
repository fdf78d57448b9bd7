package dev.iresnet.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.iresnet.Condition;
import dev.iresnet.config.JobConfig;
import dev.iresnet.image.Preprocessing;
import dev.iresnet.model.ClassScores;
import dev.iresnet.model.ClipRule;
import dev.iresnet.model.DetectionChoice;
import dev.iresnet.model.LoadOptions;
import dev.iresnet.model.Model;
import dev.iresnet.model.Precision;
import dev.iresnet.model.Sample;
import dev.iresnet.model.card.ModelCard;
import dev.iresnet.model.card.Network;
import dev.iresnet.model.export.ModelExporter;
import dev.iresnet.model.export.SeededWeights;
import dev.iresnet.model.loading.ModelLoader;
import dev.iresnet.proving.broker.EmbeddedBroker;
import dev.iresnet.schemas.avro.ImageEncoding;
import dev.iresnet.schemas.avro.ImageEvent;
import dev.iresnet.schemas.avro.Label;
import dev.iresnet.schemas.avro.LabeledResult;
import dev.iresnet.zoo.Architecture;
import dev.iresnet.zoo.ClipNetworks;
import dev.iresnet.zoo.Family;
import dev.iresnet.zoo.Networks;
import dev.iresnet.zoo.ReluForm;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole job with a network for clips in TensorFlow: the scores are those of the model. */
@Timeout(180)
class ClipNetworkIT {
    private static final int FRAMES = 6;
    private static final int SIDE = 32;
    private static final int CLASSES = 5;
    private static final int CAMERAS = 3;

    @TempDir private Path folder;

    @Test
    void aClipsScoresAreThoseOfTheModel() throws Exception {
        Path path = model();
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                Topics topics = Topics.create(broker, "network");
                Cluster cluster = Cluster.start(2)) {
            List<String> arguments =
                    topics
                            .arguments(
                                    "--clip.enabled=true",
                                    "--batch.max-size=2",
                                    "--labels.top-k=" + CLASSES)
                            .stream()
                            .map(
                                    argument ->
                                            argument.startsWith("--model.path=")
                                                    ? "--model.path=" + path
                                                    : argument)
                            .toList();
            JobID job = cluster.submit(arguments, factory(arguments), 2, null);
            for (int number = 0; number < 2 * FRAMES; number++) {
                for (int camera = 0; camera < CAMERAS; camera++) {
                    topics.send(event(camera, number));
                }
            }
            topics.flush();
            Condition.await(
                    "all clips are labelled", () -> topics.allResults().size() == 2 * CAMERAS);
            cluster.stopWithSavepoint(job, folder.resolve("savepoints"));
            try (Model model =
                    ModelLoader.load(
                            path, new LoadOptions(1, Precision.FLOAT32, DetectionChoice.NONE))) {
                for (LabeledResult result : topics.committedResults()) {
                    assertScores(result, model);
                }
            }
        }
    }

    private static void assertScores(LabeledResult result, Model model) {
        int camera = Integer.parseInt(result.getCameraId());
        int first = (int) result.getClip().getFirstFrameNumber();
        ByteBuffer pixels = ByteBuffer.allocateDirect(model.description().sampleBytes());
        for (int number = first; number < first + FRAMES; number++) {
            pixels.put(pixels(camera, number));
        }
        ClassScores scores =
                model.predict(
                                List.of(
                                        Sample.whole(
                                                pixels.flip(),
                                                model.description().preprocessing())))
                        .get(0)
                        .scores();
        assertThat(result.getLabels()).hasSize(CLASSES);
        for (Label label : result.getLabels()) {
            assertThat(label.getScore()).isCloseTo(scores.at(label.getIndex()), within(1e-5f));
        }
    }

    private Path model() {
        Architecture network =
                ClipNetworks.inflated(Networks.cifar(Family.IRESNET, 20)).withClasses(CLASSES);
        ModelCard card =
                ModelCard.of(
                                new Network(network, ReluForm.PAPER),
                                Collections.nCopies(CLASSES, "motion"),
                                Preprocessing.IMAGENET.stretchedTo(SIDE),
                                Optional.empty())
                        .withClip(new ClipRule(FRAMES));
        return ModelExporter.export(card, new SeededWeights(network, 3), folder.resolve("clips"))
                .path();
    }

    private static TensorFlowEngineFactory factory(List<String> arguments) {
        JobConfig config = JobConfig.read(arguments, Map.of());
        return new TensorFlowEngineFactory(
                config.engine(),
                config.input().format(),
                config.input().keyFormat(),
                new EventSchemas(List.of(), config.registry()),
                new SavedModelSource(),
                0);
    }

    private static ImageEvent event(int camera, int number) {
        return ImageEvent.newBuilder()
                .setEventId("event-%d-%d".formatted(camera, number))
                .setCameraId(Integer.toString(camera))
                .setFrameNumber(number)
                .setCapturedAt(Instant.parse("2026-01-01T00:00:00Z").plusMillis(40L * number))
                .setEncoding(ImageEncoding.RGB)
                .setWidth(SIDE)
                .setHeight(SIDE)
                .setImage(ByteBuffer.wrap(pixels(camera, number)))
                .build();
    }

    private static byte[] pixels(int camera, int number) {
        byte[] pixels = new byte[SIDE * SIDE * 3];
        new SplittableRandom(100L * camera + number).nextBytes(pixels);
        return pixels;
    }
}
