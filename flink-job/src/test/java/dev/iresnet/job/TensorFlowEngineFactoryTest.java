package dev.iresnet.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.iresnet.config.JobConfig;
import dev.iresnet.image.DecodeLimits;
import dev.iresnet.image.Preprocessing;
import dev.iresnet.model.DetectionChoice;
import dev.iresnet.model.DetectionRule;
import dev.iresnet.model.LoadOptions;
import dev.iresnet.model.Model;
import dev.iresnet.model.ModelException;
import dev.iresnet.model.Precision;
import dev.iresnet.model.card.ModelCard;
import dev.iresnet.model.card.ModelDirectory;
import dev.iresnet.model.card.Network;
import dev.iresnet.model.export.ModelExporter;
import dev.iresnet.model.export.SeededWeights;
import dev.iresnet.operator.AssignedGpus;
import dev.iresnet.operator.TaggingException;
import dev.iresnet.zoo.Architecture;
import dev.iresnet.zoo.Family;
import dev.iresnet.zoo.Networks;
import dev.iresnet.zoo.ReluForm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorFlowEngineFactoryTest {
    private static final int MIB = 1 << 20;

    @TempDir private Path models;

    @Test
    void loadsTheModelAsTheOptionsSay() throws Exception {
        Files.createDirectory(models.resolve("1"));
        List<LoadOptions> asked = new ArrayList<>();

        factory(
                        (version, options) -> {
                            asked.add(options);
                            return new PixelModel();
                        },
                        0,
                        "--model.precision=bfloat16",
                        "--batch.max-size=5",
                        "--detection.iou=0.25")
                .start(AssignedGpus.NONE)
                .close();

        assertThat(asked)
                .containsExactly(
                        new LoadOptions(
                                5, Precision.BFLOAT16, new DetectionChoice(null, 0.25f, null)));
    }

    @Test
    void aDetectorTellsTheBoxesThatTheOptionsSay() {
        ModelDirectory detector = detector();
        try (Model model =
                new SavedModelSource()
                        .load(
                                detector.path(),
                                new LoadOptions(
                                        1,
                                        Precision.FLOAT32,
                                        new DetectionChoice(0.1f, null, 7)))) {
            assertThat(model.description().detection())
                    .hasValue(new DetectionRule(0.1f, 0.4f, 7, 100));
        }
    }

    @Test
    void optionsForDetectorsRefuseAClassifier() {
        Path demo = Path.of("..", "deploy", "local", "demo", "models", "cifar10-iresnet20");
        assertThatThrownBy(
                        () ->
                                new SavedModelSource()
                                        .load(
                                                demo,
                                                new LoadOptions(
                                                        1,
                                                        Precision.FLOAT32,
                                                        new DetectionChoice(null, null, 9))))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("is a model for CLASSIFICATION")
                .hasMessageContaining("detection.max-boxes");
    }

    @Test
    void aDetectorOfMoreBoxesThanAResultHasRoomForIsRefused() throws Exception {
        detector();
        assertThatThrownBy(() -> factory(new SavedModelSource(), 49).start(AssignedGpus.NONE))
                .hasMessageContaining("version 1 tells up to 50 boxes")
                .hasMessageContaining("has room for 49")
                .hasMessageContaining("detection.max-boxes");
        factory(new SavedModelSource(), 49, "--detection.max-boxes=49")
                .start(AssignedGpus.NONE)
                .close();
    }

    @Test
    void aModelOfTheOtherKindIsRefused() throws Exception {
        Files.createDirectory(models.resolve("1"));
        ModelSource clips = (version, options) -> new RevealingClipModel();
        ModelSource pictures = (version, options) -> new PixelModel();
        assertThatThrownBy(() -> factory(clips, 0).start(AssignedGpus.NONE))
                .hasMessageContaining("is a model for VIDEO_CLASSIFICATION, and clip.enabled is")
                .hasMessageContaining("false: set it to true");
        assertThatThrownBy(
                        () -> factory(pictures, 0, "--clip.enabled=true").start(AssignedGpus.NONE))
                .hasMessageContaining("is a model for CLASSIFICATION, and clip.enabled is true");
        factory(clips, 0, "--clip.enabled=true").start(AssignedGpus.NONE).close();
    }

    private TensorFlowEngineFactory factory(ModelSource source, int mostBoxes, String... more) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "--kafka.bootstrap.servers=localhost:9092",
                                "--input.topics=frames",
                                "--output.topic=labels",
                                "--model.path=" + models));
        arguments.addAll(List.of(more));
        JobConfig config = JobConfig.read(arguments, Map.of());
        return new TensorFlowEngineFactory(
                config.engine(),
                config.input().format(),
                config.input().keyFormat(),
                new EventSchemas(List.of(), config.registry()),
                source,
                mostBoxes);
    }

    private ModelDirectory detector() {
        Architecture network = Networks.ssd300(Family.IRESNET, 18, 8).withClasses(2);
        ModelCard card =
                ModelCard.of(
                                new Network(network, ReluForm.PAPER),
                                List.of("cat", "dog"),
                                Preprocessing.IMAGENET.stretchedTo(300),
                                Optional.empty())
                        .withDetection(new DetectionRule(0.2f, 0.4f, 50, 100));
        return ModelExporter.export(card, new SeededWeights(network, 3), models);
    }

    @Test
    void takesOfNativeMemoryWhatFitsExactly() {
        NativeMemory memory = new NativeMemory(400L * MIB);
        assertThatCode(() -> memory.mustFit(4, 100L * MIB)).doesNotThrowAnyException();
        assertThatThrownBy(() -> memory.mustFit(4, 100L * MIB + 1))
                .isInstanceOf(TaggingException.class);
    }

    @Test
    void saysTheSumOfNativeMemoryAndWhatToChange() {
        assertThatThrownBy(
                        () ->
                                new NativeMemory(1_000L * MIB)
                                        .mustFit(2, DecodeLimits.DEFAULT.nativeBytes()))
                .hasMessage(
                        "decode.threads 2 x 541 MiB that the largest picture takes while it is"
                                + " decoded (image.max-bytes + 11 bytes for each of"
                                + " image.max-pixels) are 1082 MiB of native memory, and the heap"
                                + " leaves 1000 MiB of this machine or container:"
                                + " lower decode.threads or image.max-pixels, or give it 82 MiB"
                                + " more");
    }

    @Test
    void aHeapLargerThanTheMachineLeavesNothing() {
        assertThatThrownBy(() -> new NativeMemory(-5L * MIB).mustFit(1, MIB))
                .hasMessageContaining("leaves 0 MiB")
                .hasMessageEndingWith("give it 1 MiB more");
    }

    @Test
    void seesTheMemoryOfThisMachine() {
        assertThat(NativeMemory.now().bytes()).isPositive();
    }
}
