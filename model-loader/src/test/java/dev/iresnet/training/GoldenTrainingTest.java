package dev.iresnet.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.iresnet.Guise;
import dev.iresnet.cli.importing.NpyArray;
import dev.iresnet.image.DecodeLimits;
import dev.iresnet.image.EncodedImage;
import dev.iresnet.image.Encoding;
import dev.iresnet.image.ImageException;
import dev.iresnet.image.PicturePreprocessor;
import dev.iresnet.image.Preprocessing;
import dev.iresnet.model.card.Network;
import dev.iresnet.tensorflow.TensorMemory;
import dev.iresnet.training.descent.LearningWeights.Pace;
import dev.iresnet.training.descent.Optimisation;
import dev.iresnet.weights.Checkpoint;
import dev.iresnet.weights.Recogniser;
import dev.iresnet.zoo.ReluForm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/**
 * Some steps of training against PyTorch's, in float64: losses, gradients of the first step, and
 * the logits afterwards. The files hold four steps of one network; {@code
 * -Diresnet.golden.training=DIR} and {@code -Diresnet.golden.pictures=DIR} try whole runs.
 */
@Guise
class GoldenTrainingTest {
    private static final Optional<Path> WHOLE =
            Optional.ofNullable(System.getProperty("iresnet.golden.training")).map(Path::of);
    private static final Path FOLDER = WHOLE.orElse(Path.of("src/test/resources/golden-training"));

    @TempDir private Path directory;

    static List<String> names() {
        return WHOLE.isPresent()
                ? List.of("iresnet14-basic", "resnet20-bottleneck")
                : List.of("iresnet14-basic");
    }

    @ParameterizedTest
    @MethodSource("names")
    void trainsAsPyTorchDoes(String name) throws IOException {
        JsonNode golden = new ObjectMapper().readTree(FOLDER.resolve(name + ".json").toFile());
        Preprocessing rule =
                new Preprocessing(
                        32,
                        32,
                        Preprocessing.Resize.SHORTER_SIDE_THEN_CROP,
                        32,
                        floats(golden.get("mean")),
                        floats(golden.get("std")));
        Optimisation how = new Optimisation(0.9f, false, 5e-4f, 0, 0);
        try (Checkpoint initial = Checkpoint.open(initial(name));
                TrainingGraph graph =
                        new TrainingGraph(
                                new Network(
                                        Recogniser.recognise(name, initial.shapes()).network(),
                                        ReluForm.PAPER),
                                rule,
                                how,
                                false,
                                false)) {
            graph.weights().begin(initial::read);
            int batch = golden.get("batch").asInt();
            JsonNode pictures = golden.get("pictures");
            for (int step = 0; step < golden.get("steps").asInt(); step++) {
                List<String> files = new ArrayList<>();
                for (int i = step * batch; i < (step + 1) * batch; i++) {
                    files.add(pictures.get(i).asText());
                }
                try (TUint8 crops = crops(rule, files);
                        TFloat32 targets = targets(files, golden)) {
                    if (step == 0) {
                        assertGradients(name, golden, graph.gradients(crops, targets));
                    }
                    float rate = (float) golden.get("learningRate").get(step).asDouble();
                    Learner.Outcome outcome = graph.step(crops, targets, 1, new Pace(rate, 0));
                    double wanted = golden.get("losses").get(step).asDouble();
                    double bound =
                            step == 0
                                    ? 1e-5
                                    : Math.max(1e-3, 10 * golden.get("lossError32").asDouble());
                    assertThat((double) outcome.loss()).isCloseTo(wanted, within(bound * wanted));
                }
            }
            if (!golden.get("heldOut").isEmpty()) {
                assertLogits(name, golden, graph, rule);
            }
        }
    }

    private void assertGradients(String name, JsonNode golden, Map<String, float[]> gradients)
            throws IOException {
        double wrong = 0;
        double all = 0;
        try (ZipFile zip = new ZipFile(FOLDER.resolve(name + ".gradients.npz").toFile())) {
            assertThat(zip.size()).isPositive();
            for (Map.Entry<String, float[]> gradient : gradients.entrySet()) {
                ZipEntry entry = zip.getEntry(gradient.getKey() + ".npy");
                if (entry == null && WHOLE.isEmpty()) {
                    continue;
                }
                Path file = directory.resolve("gradient.npy");
                try (InputStream in = zip.getInputStream(entry)) {
                    Files.write(file, in.readAllBytes());
                }
                double[] wanted = NpyArray.read(file).values();
                for (int i = 0; i < wanted.length; i++) {
                    wrong += Math.pow(gradient.getValue()[i] - wanted[i], 2);
                    all += wanted[i] * wanted[i];
                }
            }
        }
        assertThat(Math.sqrt(wrong / all))
                .isLessThanOrEqualTo(3 * golden.get("firstGradientError32").asDouble());
    }

    private void assertLogits(String name, JsonNode golden, TrainingGraph graph, Preprocessing rule)
            throws IOException {
        List<String> files = new ArrayList<>();
        golden.get("heldOut").forEach(file -> files.add(file.asText()));
        double[] wanted = NpyArray.read(FOLDER.resolve(name + ".logits.npy")).values();
        double wrong = 0;
        double all = 0;
        try (TUint8 crops = crops(rule, files)) {
            float[] logits = graph.logits(crops);
            for (int i = 0; i < wanted.length; i++) {
                wrong += Math.pow(logits[i] - wanted[i], 2);
                all += wanted[i] * wanted[i];
            }
        }
        assertThat(Math.sqrt(wrong / all))
                .isLessThanOrEqualTo(10 * golden.get("logitsError32").asDouble());
    }

    private TUint8 crops(Preprocessing rule, List<String> files) throws IOException {
        ByteBuffer crops = ByteBuffer.allocateDirect(files.size() * rule.cropBytes());
        try (PicturePreprocessor cropper = new PicturePreprocessor(rule, DecodeLimits.DEFAULT)) {
            for (int i = 0; i < files.size(); i++) {
                ByteBuffer bytes =
                        ByteBuffer.wrap(Files.readAllBytes(pictures().resolve(files.get(i))));
                cropper.crop(
                        EncodedImage.compressed(Encoding.JPEG, bytes),
                        crops.slice(i * rule.cropBytes(), rule.cropBytes()));
            }
        } catch (ImageException e) {
            throw new IOException(e);
        }
        TUint8 tensor = TUint8.tensorOf(Shape.of(files.size(), 32, 32, 3));
        TensorMemory.of(tensor).put(crops);
        return tensor;
    }

    private static TFloat32 targets(List<String> files, JsonNode golden) {
        List<String> classes = new ArrayList<>();
        golden.get("classes").forEach(label -> classes.add(label.asText()));
        return Batches.targets(
                files.stream()
                        .map(file -> classes.indexOf(Path.of(file).getName(1).toString()))
                        .toList(),
                classes.size(),
                (float) golden.at("/optimizer/labelSmoothing").asDouble(),
                1);
    }

    private Path initial(String name) throws IOException {
        Path packed = FOLDER.resolve(name + ".initial.pth.gz");
        if (!Files.exists(packed)) {
            return FOLDER.resolve(name + ".initial.pth");
        }
        Path unpacked = directory.resolve("initial.pth");
        try (InputStream in = new GZIPInputStream(Files.newInputStream(packed))) {
            Files.copy(in, unpacked);
        }
        return unpacked;
    }

    private Path pictures() throws IOException {
        Path unpacked = directory.resolve("pictures");
        if (WHOLE.isPresent()) {
            return Path.of(System.getProperty("iresnet.golden.pictures", "."));
        }
        if (!Files.exists(unpacked)) {
            TestPictures.unpack(unpacked);
        }
        return unpacked;
    }

    private static List<Float> floats(JsonNode node) {
        List<Float> values = new ArrayList<>();
        node.forEach(value -> values.add((float) value.asDouble()));
        return values;
    }
}
