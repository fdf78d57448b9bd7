package dev.iresnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.iresnet.Guise;
import dev.iresnet.cli.importing.Expectation;
import dev.iresnet.cli.importing.NpyArray;
import dev.iresnet.image.Preprocessing;
import dev.iresnet.model.card.ModelCard;
import dev.iresnet.model.card.ModelDirectory;
import dev.iresnet.model.card.Network;
import dev.iresnet.model.export.ModelExporter;
import dev.iresnet.model.export.WeightSource;
import dev.iresnet.weights.Checkpoint;
import dev.iresnet.weights.Recogniser;
import dev.iresnet.weights.TensorShape;
import dev.iresnet.zoo.Architecture;
import dev.iresnet.zoo.ClipNetworks;
import dev.iresnet.zoo.Inventory;
import dev.iresnet.zoo.ReluForm;
import dev.iresnet.zoo.Weight;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Networks for clips against PyTorch.
 *
 * <p>A clip of one frame, through a network whose kernels hold a network for pictures in the middle
 * and zeros around it, has the logits of the picture: so the golden outputs of pictures are those
 * of clips, too. With {@code -Diresnet.golden.clips=DIR} golden outputs of whole clips are tried.
 */
@Guise
class ClipGoldenTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path PICTURES = Path.of("src/test/resources/golden");

    @TempDir private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"iresnet18-w8", "iresnet50-w8-75x61", "resnet50-w8", "resstage50-w8"})
    void aClipOfOneFrameIsAPicture(String name) throws IOException {
        for (ReluForm form : ReluForm.values()) {
            ModelDirectory model = ofClips(name, form);
            NpyArray pictures = NpyArray.read(PICTURES.resolve(name + ".input.npy"));
            List<Integer> shape = new ArrayList<>(pictures.shape().dims());
            shape.add(2, 1);
            String logits = form == ReluForm.AUTHORS ? ".logits.npy" : ".logits-paper.npy";
            holds(
                    name,
                    JSON.readTree(PICTURES.resolve(name + ".json").toFile()),
                    new Expectation(
                                    new NpyArray(new TensorShape(shape), pictures.values()),
                                    NpyArray.read(PICTURES.resolve(name + logits)))
                            .error(model));
        }
    }

    private ModelDirectory ofClips(String name, ReluForm form) throws IOException {
        Path unpacked = directory.resolve(name + ".pth");
        try (InputStream in =
                new GZIPInputStream(Files.newInputStream(PICTURES.resolve(name + ".pth.gz")))) {
            Files.write(unpacked, in.readAllBytes());
        }
        try (Checkpoint checkpoint = Checkpoint.open(unpacked)) {
            Architecture network =
                    ClipNetworks.inflated(
                            Recogniser.recognise(name, checkpoint.shapes()).network());
            ModelCard card =
                    ModelCard.of(
                            new Network(network, form),
                            Collections.nCopies(network.classes(), "class"),
                            Preprocessing.IMAGENET,
                            Optional.empty());
            return ModelExporter.export(
                    card, inTheMiddle(network, checkpoint::read), directory.resolve("model"));
        }
    }

    private static WeightSource inTheMiddle(Architecture network, WeightSource flat) {
        Map<String, Weight> weights =
                Inventory.weights(network).stream()
                        .collect(Collectors.toMap(Weight::key, Function.identity()));
        return key -> {
            Weight weight = Objects.requireNonNull(weights.get(key));
            float[] values = flat.read(key);
            if (weight.shape().size() < 5) {
                return values;
            }
            int frames = weight.shape().get(2);
            int window = weight.shape().get(3) * weight.shape().get(4);
            float[] spread = new float[values.length * frames];
            for (int i = 0; i < values.length; i++) {
                int kernel = i / window;
                spread[(kernel * frames + frames / 2) * window + i % window] = values[i];
            }
            return spread;
        };
    }

    static Stream<String> clips() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("iresnet.golden.clips")))) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.matches(".*3d\\d.*\\.json"))
                    .map(name -> name.replace(".json", ""))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("clips")
    @EnabledIfSystemProperty(named = "iresnet.golden.clips", matches = ".+")
    void givesTheLogitsOfWholeClips(String name) throws IOException {
        Path folder = Path.of(System.getProperty("iresnet.golden.clips"));
        for (ReluForm form : ReluForm.values()) {
            List<Object> arguments = new ArrayList<>();
            arguments.addAll(List.of("import", folder.resolve(name + ".pth")));
            arguments.addAll(List.of("--output", directory.resolve("model"), "--relu", form));
            if (name.endsWith("-t1")) {
                arguments.addAll(List.of("--temporal-strides", "1,1,1,1"));
            }
            CommandRun run = CommandRun.of(arguments.toArray());
            assertThat(run.exitCode()).as(run.err()).isZero();
            String logits = form == ReluForm.AUTHORS ? ".logits.npy" : ".logits-paper.npy";
            holds(
                    name,
                    JSON.readTree(folder.resolve(name + ".json").toFile()),
                    Expectation.read(
                                    folder.resolve(name + ".input.npy"),
                                    folder.resolve(name + logits))
                            .error(ModelDirectory.open(directory.resolve("model"))));
        }
    }

    private static void holds(String name, JsonNode facts, double error) {
        double pytorch = facts.get("float32_error").asDouble();
        System.out.printf(
                Locale.ROOT, "%s of clips: error %.2e, PyTorch's %.2e%n", name, error, pytorch);
        assertThat(error).isLessThanOrEqualTo(Math.min(3 * pytorch, 1e-3));
    }
}
