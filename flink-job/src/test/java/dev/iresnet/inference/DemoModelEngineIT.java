package dev.iresnet.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.iresnet.engine.batch.BatchPolicy;
import dev.iresnet.event.PictureFrameReader;
import dev.iresnet.event.Records;
import dev.iresnet.image.DecodeLimits;
import dev.iresnet.image.EncodedImage;
import dev.iresnet.image.Encoding;
import dev.iresnet.image.PicturePreprocessor;
import dev.iresnet.image.Preprocessor;
import dev.iresnet.model.ClassScores;
import dev.iresnet.model.LoadOptions;
import dev.iresnet.model.Model;
import dev.iresnet.model.Sample;
import dev.iresnet.model.loading.ModelLoader;
import dev.iresnet.result.FrameOutcome;
import dev.iresnet.result.FrameResult;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The engine on the demo network: batches and threads change no answer. */
@Timeout(120)
final class DemoModelEngineIT {
    private static final Path DEMO = Path.of("..", "deploy", "local", "demo");

    /** Of the 500 frames, as the demo's README says of its float64 reference. */
    private static final int REFERENCE_RIGHT = 457;

    @Test
    void labelsTheDemoFramesAsTheModelDoesOneByOne() throws Exception {
        List<Path> files = frames();
        PipelineOptions options =
                Rig.options(2, 2, new BatchPolicy(16, Duration.ZERO), new Labeling(10, 0));
        Model model =
                ModelLoader.load(
                        DEMO.resolve("models").resolve("cifar10-iresnet20"), new LoadOptions(16));
        Preprocessor cropper =
                new PicturePreprocessor(model.description().preprocessing(), DecodeLimits.DEFAULT);
        int right = 0;
        int largestBatch = 0;
        try (InferencePipeline engine =
                InferencePipeline.start(
                        new Stages(new PictureFrameReader(), cropper, model), options)) {
            List<CompletableFuture<FrameOutcome>> promises = new ArrayList<>();
            for (Path file : files) {
                byte[] picture = Files.readAllBytes(file);
                promises.add(engine.submit(Records.of("door", picture, promises.size())));
            }
            for (int i = 0; i < files.size(); i++) {
                FrameResult labeled = Rig.labeled(promises.get(i));
                List<FrameResult.Label> labels = labeled.labels();
                assertSameScores(labels, alone(model, cropper, files.get(i)));
                largestBatch = Math.max(largestBatch, labeled.timings().batchSize());
                right += truth(files.get(i)).equals(labels.get(0).name()) ? 1 : 0;
            }
        }
        assertThat(largestBatch).isGreaterThan(1);
        assertThat(right).isCloseTo(REFERENCE_RIGHT, within(1));
    }

    private static void assertSameScores(List<FrameResult.Label> labels, ClassScores alone) {
        assertThat(labels).hasSize(alone.classes());
        for (FrameResult.Label label : labels) {
            assertThat(label.score()).isCloseTo(alone.at(label.index()), within(1e-4f));
        }
    }

    private static ClassScores alone(Model model, Preprocessor cropper, Path file)
            throws Exception {
        ByteBuffer crop =
                ByteBuffer.allocateDirect(model.description().preprocessing().cropBytes());
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        Sample sample =
                new Sample(crop, cropper.crop(EncodedImage.compressed(Encoding.JPEG, bytes), crop));
        return model.predict(List.of(sample)).get(0).scores();
    }

    private static List<Path> frames() throws Exception {
        try (Stream<Path> files = Files.walk(DEMO.resolve("frames"))) {
            return files.filter(file -> file.toString().endsWith(".jpg")).sorted().toList();
        }
    }

    /** The directory is the truth. */
    private static String truth(Path file) {
        return file.getName(file.getNameCount() - 2).toString();
    }
}
