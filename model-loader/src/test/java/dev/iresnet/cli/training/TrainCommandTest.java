package dev.iresnet.cli.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.iresnet.cli.CommandRun;
import dev.iresnet.model.card.ModelDirectory;
import dev.iresnet.training.FirstWeights;
import dev.iresnet.training.TestPictures;
import dev.iresnet.training.TrainingException;
import dev.iresnet.zoo.Networks;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainCommandTest {
    @TempDir private Path folder;
    private Path pictures = Path.of("");
    private Path output = Path.of("");

    @BeforeEach
    void unpack() throws IOException {
        TestPictures.unpack(folder);
        pictures = folder.resolve("train");
        output = folder.resolve("mine");
    }

    @Test
    void makesAModelThatTellsWhatItWasTrainedOn() throws IOException {
        CommandRun run =
                train(
                        "--network",
                        "cifar-iresnet14",
                        "--steps",
                        "5",
                        "--batch",
                        "16",
                        "--seed",
                        "3");

        assertThat(run.exitCode()).as(run.err()).isZero();
        ModelDirectory model = ModelDirectory.open(output);
        assertThat(model.card().labels()).hasSize(10).startsWith("airplane", "automobile");
        assertThat(model.card().source().orElseThrow().file()).isEqualTo("train");
        assertThat(model.card().source().orElseThrow().training())
                .containsEntry("seed", "3")
                .containsEntry("steps", "5")
                .containsEntry("augment", "shift")
                .containsKey("accuracy");
        List<JsonNode> lines = lines(output.resolve("training/log.jsonl"));
        assertThat(lines.stream().filter(line -> line.has("step") && line.has("loss")))
                .hasSize(5)
                .allMatch(line -> line.get("learningRate").asDouble() > 0)
                .allMatch(line -> line.get("gradientNorm").asDouble() > 0);
        assertThat(lines).anyMatch(line -> line.has("validationAccuracy"));
    }

    @Test
    void givesTheSameBytesForTheSameSeed() throws IOException {
        String[] arguments = {
            "--network",
            "cifar-iresnet14",
            "--steps",
            "4",
            "--batch",
            "16",
            "--mixup",
            "0.2",
            "--average",
            "0.9",
            "--clip",
            "1",
            "--balanced",
            "--augment",
            "full"
        };
        assertThat(train(arguments).exitCode()).isZero();
        String first = ModelDirectory.open(output).digest();
        assertThat(train(arguments).exitCode()).isZero();

        assertThat(ModelDirectory.open(output).path().getFileName()).hasToString("2");
        assertThat(ModelDirectory.open(output).digest()).isEqualTo(first);
    }

    /** Crops are stored larger than the input then. */
    @Test
    void looksAtWhatItExportsWhereNothingIsMeasured() {
        CommandRun run =
                train(
                        "--network",
                        "cifar-iresnet14",
                        "--steps",
                        "1",
                        "--validation",
                        "0",
                        "--augment",
                        "full");

        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    @Test
    void takesExactlyThePicturesOfAListAndLeavesOffWhatIsNotSaid() throws IOException {
        Path order = folder.resolve("order.txt");
        List<String> some =
                List.of("ship/3072.jpg", "cat/1416.jpg", "ship/3072.jpg", "dog/2298.jpg");
        Files.write(order, some);

        CommandRun run =
                train("--network", "cifar-resnet14", "--order", order.toString(), "--batch", "2");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(ModelDirectory.open(output).card().source().orElseThrow().training())
                .containsEntry("pictures", "4")
                .containsEntry("validation-pictures", "0")
                .containsEntry("steps", "2")
                .containsEntry("nesterov", "false")
                .containsEntry("warmup-steps", "0")
                .containsEntry("schedule", "constant")
                .containsEntry("augment", "none")
                .containsEntry("weight-decay", "0.0");
    }

    @Test
    void keepsTheHeadOfAModelOfTheSameClassesOnly() throws IOException {
        assertThat(train("--network", "cifar-iresnet14", "--steps", "1").exitCode()).isZero();
        Path few = folder.resolve("few");
        for (String label : List.of("cat", "dog")) {
            Files.createDirectories(few);
            Files.move(pictures.resolve(label), few.resolve(label));
        }

        CommandRun other =
                CommandRun.of(
                        "train",
                        few.toString(),
                        "--from",
                        output.toString(),
                        "--steps",
                        "1",
                        "--output",
                        folder.resolve("few-model").toString());
        CommandRun same =
                CommandRun.of(
                        "train",
                        few.toString(),
                        "--from",
                        folder.resolve("few-model").toString(),
                        "--freeze",
                        "backbone",
                        "--steps",
                        "3",
                        "--output",
                        folder.resolve("few-model").toString());

        assertThat(other.exitCode()).as(other.err()).isZero();
        assertThat(other.err()).contains("The last layer begins anew");
        assertThat(same.exitCode()).as(same.err()).isZero();
        assertThat(same.err()).doesNotContain("begins anew");
        assertThat(ModelDirectory.open(folder.resolve("few-model")).card().labels())
                .containsExactly("cat", "dog");
    }

    @Test
    void namesPicturesThatCannotBeReadAndGoesOn() throws IOException {
        Files.writeString(pictures.resolve("cat/broken.jpg"), "no picture");

        CommandRun run = train("--network", "cifar-iresnet14", "--steps", "1");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("broken.jpg: neither a JPEG nor a PNG");
        assertThat(ModelDirectory.open(output).card().labels()).hasSize(10);
    }

    @Test
    void warnsOfPicturesThatAreInBothParts() throws IOException {
        Path validation = folder.resolve("validation/cat");
        Files.createDirectories(validation);
        Files.copy(pictures.resolve("cat/1416.jpg"), validation.resolve("a.jpg"));
        Files.copy(pictures.resolve("cat/0864.jpg"), validation.resolve("b.jpg"));

        CommandRun run =
                train(
                        "--network",
                        "cifar-iresnet14",
                        "--steps",
                        "1",
                        "--validation",
                        folder.resolve("validation").toString());

        assertThat(run.err()).contains("2 of 2 validation pictures are equal to training pictures");
        assertThat(ModelDirectory.open(output).card().source().orElseThrow().training())
                .containsEntry("validation", "validation")
                .containsEntry("from", "random")
                .containsKey("validation-sha256");
    }

    @Test
    void trainsTheNetworkThatIsNamedWhereKeysFitTwo() throws IOException {
        Path file = folder.resolve("plain.pth");
        Path packed = Path.of("src/test/resources/checkpoints/field/plain.pth.gz");
        try (InputStream in = new GZIPInputStream(Files.newInputStream(packed))) {
            Files.copy(in, file);
        }
        assertThat(first(file, Optional.empty())).isEqualTo("resnet18");
        assertThat(first(file, Optional.of("resstage18"))).isEqualTo("resstage18");
        assertThatThrownBy(() -> first(file, Optional.of("resnet50")))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("fit [resnet18, resstage18");
    }

    private static String first(Path file, Optional<String> name) throws IOException {
        FirstWeights.Wanted wanted =
                new FirstWeights.Wanted(
                        List.of("cat", "dog"),
                        name.map(Networks::named),
                        Optional.empty(),
                        false,
                        1);
        return FirstWeights.of(file, wanted).network().architecture().name();
    }

    private CommandRun train(String... arguments) {
        List<String> all = new ArrayList<>(List.of("train", pictures.toString()));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--output", output.toString()));
        return CommandRun.of(all.toArray());
    }

    private static List<JsonNode> lines(Path file) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        List<JsonNode> nodes = new ArrayList<>();
        try (Stream<String> lines = Files.lines(file)) {
            for (String line : lines.toList()) {
                nodes.add(mapper.readTree(line));
            }
        }
        return nodes;
    }
}
