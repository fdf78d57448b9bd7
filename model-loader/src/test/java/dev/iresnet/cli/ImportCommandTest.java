package dev.iresnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.iresnet.image.Preprocessing;
import dev.iresnet.image.Preprocessing.Resize;
import dev.iresnet.model.card.ModelCard;
import dev.iresnet.model.card.ModelDirectory;
import dev.iresnet.zoo.ReluForm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportCommandTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden");

    @TempDir private Path directory;
    private Path checkpoint = Path.of("");
    private Path model = Path.of("");

    @BeforeEach
    void unpack() throws IOException {
        checkpoint = unpack("iresnet18-w8");
        model = directory.resolve("models/net");
    }

    @Test
    void assumesTheAuthorsFormAndImageNetsRuleAndSaysSo() {
        CommandRun run = run(checkpoint);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("iresnet18-w8.pth holds iresnet18, 10 classes")
                .contains("could as well be iresnet18, shortcuts of form PAPER: --expect")
                .contains("iresnet18, shortcuts of form AUTHORS (digest ");
        ModelCard card = ModelDirectory.open(model).card();
        assertThat(card.network().orElseThrow().reluForm()).isEqualTo(ReluForm.AUTHORS);
        assertThat(card.preprocessing()).isEqualTo(Preprocessing.IMAGENET);
        assertThat(card.labels()).startsWith("class 0", "class 1").hasSize(10);
        assertThat(card.source().orElseThrow().sha256())
                .isEqualTo("2fc2a6fc4060aa31d3a1ec4e9d8ca6e3648c78bbd9e13a3e3ca451175ee26810");
    }

    @Test
    void writesTheNextVersionAndEqualBytesForEqualInput() throws IOException {
        run(checkpoint);
        run(checkpoint);
        for (String file :
                List.of(
                        "saved_model.pb",
                        "assets.extra/SHA256SUMS",
                        "variables/variables.data-00000-of-00001")) {
            assertThat(model.resolve("2").resolve(file))
                    .hasSameBinaryContentAs(model.resolve("1").resolve(file));
        }
        try (Stream<Path> versions = Files.list(model)) {
            assertThat(versions.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("1", "2");
        }
    }

    @Test
    void takesLabelsAndPreprocessing() throws IOException {
        Path labels = directory.resolve("labels.txt");
        Files.write(labels, List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "chaise à bras"));
        CommandRun run =
                run(
                        checkpoint,
                        "--labels",
                        labels.toString(),
                        "--input-size=64x48",
                        "--resize=stretch",
                        "--mean=0.5,0.25,0",
                        "--std=1,2,3",
                        "--relu=PAPER");
        assertThat(run.exitCode()).as(run.err()).isZero();
        ModelCard card = ModelDirectory.open(model).card();
        assertThat(card.labels()).last().isEqualTo("chaise à bras");
        assertThat(card.network().orElseThrow().reluForm()).isEqualTo(ReluForm.PAPER);
        assertThat(card.preprocessing())
                .isEqualTo(
                        new Preprocessing(
                                48,
                                64,
                                Resize.STRETCH,
                                48,
                                List.of(0.5f, 0.25f, 0f),
                                List.of(1f, 2f, 3f)));
    }

    @Test
    void takesTheRuleInParts() throws IOException {
        CommandRun run =
                run(
                        checkpoint,
                        "--input-size=112",
                        "--resize=128x171",
                        "--interpolation=bilinear-no-antialias",
                        "--channel-order=BGR");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(ModelDirectory.open(model).card().preprocessing())
                .isEqualTo(
                        new Preprocessing(
                                112,
                                112,
                                Resize.BOTH_SIDES_THEN_CROP,
                                128,
                                171,
                                Preprocessing.IMAGENET.mean(),
                                Preprocessing.IMAGENET.std(),
                                Preprocessing.Interpolation.BILINEAR_NO_ANTIALIAS,
                                Preprocessing.ChannelOrder.BGR));
        assertThat(CommandRun.of("inspect", model).out())
                .contains("the centre of a picture of 171x128, bilinear_no_antialias", "in BGR");
        assertThat(run(checkpoint, "--resize=100x200").err())
                .contains("the height must be resized to 224..4096 and the width to 224..4096");
    }

    @Test
    void resizesInImageNetsProportionToOtherSizes() {
        run(checkpoint, "--input-size=448");
        assertThat(ModelDirectory.open(model).card().preprocessing().resizeTo()).isEqualTo(512);
    }

    @Test
    void picksTheFormThatGivesTheExpectedLogits() throws IOException {
        for (ReluForm form : ReluForm.values()) {
            String logits = form == ReluForm.PAPER ? "logits-paper" : "logits";
            CommandRun run = run(checkpoint, expect("iresnet18-w8", logits));
            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.out()).contains("form AUTHORS: relative error", "form PAPER: relative");
            assertThat(ModelDirectory.open(model).card().network().orElseThrow().reluForm())
                    .isEqualTo(form);
        }
        try (Stream<Path> files = Files.list(model)) {
            assertThat(files).as("trials leave nothing behind").hasSize(2);
        }
    }

    @Test
    void tellsResNet18FromResStage18ByTheExpectedLogits() throws IOException {
        Path resnet = unpack("resnet18-w8");
        CommandRun run = run(resnet, expect("resnet18-w8", "logits"));
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("resnet18: relative error")
                .contains("resstage18, shortcuts of form AUTHORS: relative error")
                .contains(": resnet18 (digest ");
    }

    @Test
    void refusesLogitsThatNoFormGives() {
        CommandRun run =
                run(
                        checkpoint,
                        "--expect",
                        GOLDEN.resolve("iresnet34-w8.input.npy").toString(),
                        GOLDEN.resolve("iresnet34-w8.logits.npy").toString());
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("No form of the network gives the expected logits");
        assertThat(model.resolve("1")).doesNotExist();
    }

    @Test
    void refusesLabelsOfAnotherNumber() throws IOException {
        Path labels = directory.resolve("labels.txt");
        Files.write(labels, Collections.nCopies(9, "x"));
        CommandRun run = run(checkpoint, "--labels", labels.toString());
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("labels.txt has 9 labels, the network has 10 classes");
        assertThat(model).doesNotExist();
    }

    @Test
    void knowsImageNetsLabelsByName() {
        CommandRun run = run(checkpoint, "--labels", "imagenet");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("imagenet has 1000 labels, the network has 10 classes");
    }

    @Test
    void tellsMachinesWhatWasWritten() throws IOException {
        CommandRun run = run(checkpoint, "--json", "--relu=paper");
        JsonNode written = new ObjectMapper().readTree(run.out());
        assertThat(written.get("path").asText()).isEqualTo(model.resolve("1").toString());
        assertThat(written.get("network").asText()).isEqualTo("iresnet18");
        assertThat(written.get("reluForm").asText()).isEqualTo("PAPER");
        assertThat(written.get("classes").asInt()).isEqualTo(10);
        assertThat(written.get("model").get("digest").asText())
                .isEqualTo(ModelDirectory.open(model).digest());
        assertThat(run.err()).contains("holds iresnet18, 10 classes");
    }

    @Test
    void refusesInASentenceWithoutATrace() {
        CommandRun run = run(directory.resolve("none.pth"));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).startsWith("iresnet: ").contains("none.pth: no such file");
        assertThat(run.err().lines()).hasSize(1);
    }

    /** {@code -Diresnet.import.mutations=100} tries more of them than a build does. */
    @Test
    void readsOrRefusesMutatedFilesAndWritesNowhereElse() throws IOException {
        byte[] sound = Files.readAllBytes(checkpoint);
        int refused = 0;
        int mutations = Integer.getInteger("iresnet.import.mutations", 12);
        for (int seed = 0; seed < mutations; seed++) {
            Random random = new Random(seed * 0x9E3779B97F4A7C15L);
            byte[] mutant = sound.clone();
            // The pickles are the first 20,000 bytes; half of the changes go there
            int range = random.nextBoolean() ? 20_000 : mutant.length;
            mutant[random.nextInt(range)] ^= (byte) (1 << random.nextInt(8));
            CommandRun run = run(Files.write(checkpoint, mutant));
            assertThat(run.exitCode()).as("seed %d: %s", seed, run.err()).isIn(0, 1);
            assertThat(run.err()).doesNotContain("\tat ");
            refused += run.exitCode();
        }
        assertThat(refused).isBetween(1, mutations - 1);
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactlyInAnyOrder(checkpoint, directory.resolve("models"));
        }
    }

    @Test
    void callsImpossibleOptionsWrongUsage() {
        assertThat(run(checkpoint, "--mean=1,2").exitCode()).isEqualTo(2);
        assertThat(run(checkpoint, "--input-size=big").exitCode()).isEqualTo(2);
        assertThat(run(checkpoint, "--resize=10").exitCode()).isEqualTo(2);
        assertThat(run(checkpoint, "--relu=leaky").exitCode()).isEqualTo(2);
        assertThat(CommandRun.of("import", checkpoint.toString()).exitCode()).isEqualTo(2);
    }

    private CommandRun run(Path file, String... options) {
        List<String> arguments =
                new ArrayList<>(List.of("import", file.toString(), "--output", model.toString()));
        arguments.addAll(List.of(options));
        return CommandRun.of(arguments.toArray());
    }

    private static String[] expect(String name, String logits) {
        return new String[] {
            "--expect",
            GOLDEN.resolve(name + ".input.npy").toString(),
            GOLDEN.resolve(name + "." + logits + ".npy").toString()
        };
    }

    private Path unpack(String name) throws IOException {
        Path unpacked = directory.resolve(name + ".pth");
        try (InputStream in =
                new GZIPInputStream(Files.newInputStream(GOLDEN.resolve(name + ".pth.gz")))) {
            Files.copy(in, unpacked);
        }
        return unpacked;
    }
}
