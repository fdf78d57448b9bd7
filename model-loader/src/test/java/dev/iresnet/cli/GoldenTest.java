package dev.iresnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.iresnet.Guise;
import dev.iresnet.cli.importing.Expectation;
import dev.iresnet.model.card.ModelDirectory;
import dev.iresnet.zoo.Architecture;
import dev.iresnet.zoo.ReluForm;
import dev.iresnet.zoo.Stage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The authors' own PyTorch networks against ours, from their checkpoint through {@code iresnet
 * import} to the logits of the loaded model.
 *
 * <p>The files hold seeded weights, every width an eighth of the paper's, and logits that the
 * authors' code gave in float64. With {@code -Diresnet.golden=DIR} the files of that directory are
 * tried instead, whatever their size.
 */
@Guise
class GoldenTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path FOLDER =
            Optional.ofNullable(System.getProperty("iresnet.golden"))
                    .map(Path::of)
                    .orElse(Path.of("src/test/resources/golden"));

    @TempDir private Path directory;

    static Stream<String> names() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            List<String> names =
                    files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".json"))
                            .map(name -> name.substring(0, name.length() - ".json".length()))
                            .sorted()
                            .toList();
            return System.getProperty("guise") == null
                    ? names.stream()
                    : oneOfEachFamily(names).stream();
        }
    }

    /** A guise has a minute, and other depths run through the same kernels. */
    private static Collection<String> oneOfEachFamily(List<String> names) {
        Map<String, String> byFamily = new TreeMap<>();
        names.forEach(name -> byFamily.put(name.replaceFirst("\\d.*", ""), name));
        return byFamily.values();
    }

    @ParameterizedTest
    @MethodSource("names")
    void givesTheLogitsOfTheAuthorsCode(String name) throws IOException {
        holdsTo(name, ReluForm.AUTHORS, ".logits.npy");
    }

    @ParameterizedTest
    @MethodSource("names")
    void givesTheLogitsOfThePapersDrawing(String name) throws IOException {
        holdsTo(name, ReluForm.PAPER, ".logits-paper.npy");
    }

    private void holdsTo(String name, ReluForm form, String logits) throws IOException {
        JsonNode facts = JSON.readTree(FOLDER.resolve(name + ".json").toFile());
        ModelDirectory model = imported(name, form);
        Architecture network = model.card().network().orElseThrow().architecture();
        assertThat(network.family().orElseThrow().id()).isEqualTo(facts.get("family").asText());
        assertThat(network.depth()).isEqualTo(facts.get("depth").asInt());
        assertThat(network.backbone().stages().stream().map(Stage::groups).toList())
                .hasToString(facts.get("groups").toString().replace(",", ", "));
        double error =
                Expectation.read(FOLDER.resolve(name + ".input.npy"), FOLDER.resolve(name + logits))
                        .error(model);
        double pytorch = facts.get("float32_error").asDouble();
        System.out.printf(
                Locale.ROOT, "%s %s: error %.2e, PyTorch's %.2e%n", name, form, error, pytorch);
        assertThat(error).isLessThanOrEqualTo(Math.min(3 * pytorch, 1e-3));
    }

    private ModelDirectory imported(String name, ReluForm form) throws IOException {
        Path model = directory.resolve(name);
        CommandRun run =
                CommandRun.of(
                        "import",
                        checkpoint(name).toString(),
                        "--output",
                        model.toString(),
                        "--relu",
                        form.name());
        assertThat(run.exitCode()).as(run.err()).isZero();
        return ModelDirectory.open(model);
    }

    private Path checkpoint(String name) throws IOException {
        Path packed = FOLDER.resolve(name + ".pth.gz");
        if (!Files.exists(packed)) {
            return FOLDER.resolve(name + ".pth");
        }
        Path unpacked = directory.resolve(name + ".pth");
        try (InputStream in = new GZIPInputStream(Files.newInputStream(packed))) {
            Files.copy(in, unpacked);
        }
        return unpacked;
    }
}
