package dev.iresnet.cli;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.iresnet.cli.importing.Expectation;
import dev.iresnet.cli.importing.NpyArray;
import dev.iresnet.image.Preprocessing;
import dev.iresnet.model.card.ModelDirectory;
import dev.iresnet.tensorflow.Isa;
import dev.iresnet.tensorflow.Kernels;
import dev.iresnet.zoo.Inventory;
import dev.iresnet.zoo.Networks;
import dev.iresnet.zoo.Weight;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Checkpoints as people have them, of PyTorch's, torchvision's and timm's own making ({@code
 * src/test/python/make_checkpoints.py}), from the file to the scores.
 */
class FieldCheckpointsTest {
    private static final Path FOLDER = Path.of("src/test/resources/checkpoints");
    private static final String INPUT = FOLDER.resolve("input.npy").toString();

    /**
     * An error that is rounding alone where oneDNN uses AVX-512, whatever PyTorch's is: its
     * convolutions of 3x3 round more there than with AVX2 (5.3e-6 against 1.1e-6 in a ResNet-18).
     */
    private static final double AVX512_ROUNDING = 1e-5;

    @TempDir private Path directory;

    @ParameterizedTest
    @CsvSource({
        "resnext50_32x4d,resnext50_4x2d",
        "resnext101_32x8d,resnext101_2x4d",
        "resnext101_64x4d,resnext101_4x2d",
        "wide_resnet50_2,wide_resnet50_2",
        "wide_resnet101_2,wide_resnet101_2",
        "timm-resnet18,resnet18",
        "timm-resnet34,resnet34",
        "timm-resnet50,resnet50",
        "timm-resnet101,resnet101",
        "timm-resnet152,resnet152",
        "resnet50,resnet50",
    })
    void givesTheLogitsOfTheFrameworkThatMadeIt(String file, String network) throws IOException {
        ModelDirectory model = imported(run(unpack(file + ".pth"), "--network", network));
        assertThat(model.card().network().orElseThrow().architecture().name()).isEqualTo(network);
        assertWithinPyTorchsError(file, "input.npy", model);
    }

    @Test
    void givesEqualWeightsAnEqualDigestAndEqualScoresWhateverTheirWrapping() throws IOException {
        Set<String> digests = new HashSet<>();
        String files =
                "plain.pth stream.pth compile-of-ddp.pth lightning-like.ckpt torchvision-train.pth"
                        + " fc-sequential.pth averaged.pth net-acc.pth model-and-ema.pth children.ckpt"
                        + " header-0x80.safetensors";
        for (String file : files.split(" ", -1)) {
            CommandRun run = run(unpack("field/" + file));
            ModelDirectory model = imported(run);
            assertThat(run.out()).as(file).contains("resnet18, 10 classes");
            digests.add(model.weightsDigest());
            assertThat(digests).as(file).hasSize(1);
            assertWithinPyTorchsError("field", "input.npy", model);
        }
        ModelDirectory averaged =
                imported(run(unpack("field/model-and-ema.pth"), "--entry", "model_ema.module"));
        assertThat(digests).doesNotContain(averaged.weightsDigest());
    }

    @Test
    void saysWhatItSkippedAndWhatItChose() throws IOException {
        assertThat(run(unpack("field/torchvision-train.pth")).out())
                .contains("Skipped what is no tensor, unread: args (argparse.Namespace)");
        assertThat(run(unpack("field/model-and-ema.pth")).out())
                .contains("Took the network at 'model'; the file also has 'model_ema.module'");
        assertThat(run(unpack("field/fc-sequential.pth")).out()).contains("Its head is fc.1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "field/torchscript.pt|is a TorchScript program",
                "field/whole-model.pth|holds an object, torch.nn.modules.container.Sequential",
                "timm-resnet50d.pth|a deep stem, of several convolutions (conv1.0)",
            })
    void refusesByName(String file, String why) throws IOException {
        CommandRun run = run(unpack(file));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains(why);
        assertThat(directory.resolve("model")).doesNotExist();
    }

    /** The same keys and shapes; only an input and its logits tell. */
    @ParameterizedTest
    @ValueSource(strings = {"resnet50-v1", "resnet50-dilated", "resnet50-without-pool"})
    void refusesLogitsOfANetworkWithTheSameKeys(String other) throws IOException {
        Path file = unpack("resnet50.pth");
        CommandRun wrong = run(file, "--expect", INPUT, logits(other).toString());
        assertThat(wrong.exitCode()).isEqualTo(1);
        assertThat(wrong.err()).contains("No form of the network gives the expected logits");
        CommandRun right = run(file, "--expect", INPUT, logits("resnet50").toString());
        assertThat(right.exitCode()).as(right.err()).isZero();
        assertThat(right.out()).doesNotContain("stride in the 3x3");
    }

    @Test
    void listsWhatKeysCannotTell() throws IOException {
        assertThat(run(unpack("resnet50.pth")).out())
                .contains("Names and shapes do not tell, so this is assumed:")
                .contains("the stride in the 3x3 convolution of a block")
                .contains("no dilation", "a 3x3 max-pool of stride 2 behind it")
                .contains("pictures prepared as torchvision does", "To be sure: --expect");
    }

    @Test
    void takesOneOutputForALogitOfTwoLabels() throws IOException {
        Path file = unpack("field/one-class.pth");
        CommandRun run = run(file, "--expect", INPUT, logits("one-class").toString());
        ModelDirectory model = imported(run);
        assertThat(run.out()).contains("one output, taken for the logit of the second");
        assertThat(model.card().labels()).containsExactly("class 0", "class 1");
        Path picture = Path.of("src/test/resources/pictures/photograph.jpg");
        CommandRun predicted = CommandRun.of("predict", picture, "--model", model.path(), "--json");
        assertThat(predicted.exitCode()).as(predicted.err()).isZero();
        JsonNode scores = new ObjectMapper().readTree(predicted.out()).get("labels");
        double sum = scores.get(0).get("score").asDouble() + scores.get(1).get("score").asDouble();
        assertThat(sum).isBetween(0.9999, 1.0001);
        assertThat(scores.get(0).get("score").asDouble()).isLessThan(0.9999);
    }

    @Test
    void givesAStemOfOneChannelTheGreyOfThePicture() throws IOException {
        Path file = unpack("field/one-channel.pth");
        CommandRun unsaid = run(file);
        assertThat(unsaid.exitCode()).isEqualTo(2);
        assertThat(unsaid.err()).contains("takes one channel: say by --mean and --std");
        ModelDirectory model = imported(run(file, "--mean=0.5", "--std=0.25"));
        assertThat(model.card().preprocessing().mean()).containsExactly(0.5f, 0.5f, 0.5f);
        assertWithinPyTorchsError("one-channel", "input-grey.npy", model);
    }

    @ParameterizedTest
    @CsvSource({
        "torchvision,256,BILINEAR",
        "torchvision-v2,232,BILINEAR",
        "timm,256,BICUBIC",
        "timm-a1,235,BICUBIC",
    })
    void preparesPicturesAsPublished(String name, int resizeTo, Preprocessing.Interpolation filter)
            throws IOException {
        Preprocessing rule =
                imported(run(unpack("timm-resnet18.pth"), "--preprocessing", name))
                        .card()
                        .preprocessing();
        assertThat(rule.resizeTo()).isEqualTo(resizeTo);
        assertThat(rule.interpolation()).isEqualTo(filter);
        assertThat(rule.mean()).isEqualTo(Preprocessing.IMAGENET.mean());
    }

    @Test
    void picksTheNetworkByNameWhereKeysFitTwo() throws IOException {
        Path file = unpack("field/plain.pth");
        ModelDirectory model = imported(run(file, "--network", "resstage18"));
        assertThat(model.card().network().orElseThrow().architecture().name())
                .isEqualTo("resstage18");
        CommandRun wrong = run(file, "--network", "resnet50");
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err()).contains("fit [resnet18, resstage18]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
    void readsLabelsWithAByteOrderMark(String charset) throws IOException {
        String text =
                String.join(
                        "\r\n",
                        List.of(
                                "\uFEFFairplane",
                                "auto",
                                "bird",
                                "chaise à bras",
                                "e",
                                "f",
                                "g",
                                "h",
                                "i",
                                "j",
                                "",
                                ""));
        Path labels = directory.resolve("labels.txt");
        Files.write(labels, text.getBytes(charset));
        ModelDirectory model =
                imported(run(unpack("field/plain.pth"), "--labels", labels.toString()));
        assertThat(model.card().labels())
                .startsWith("airplane", "auto", "bird", "chaise à bras")
                .hasSize(10);
    }

    @Test
    void preparesSmallPicturesForACifarStem() throws IOException {
        StringBuilder header = new StringBuilder("{\"__metadata__\":{}");
        long end = 0;
        for (Weight variable : Inventory.weights(Networks.named("cifar-resnet20"))) {
            header.append(
                    ",\"%s\":{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
                            .formatted(
                                    variable.key(),
                                    variable.shape(),
                                    end,
                                    end + 4 * variable.size()));
            end += 4 * variable.size();
        }
        byte[] json = header.append('}').toString().getBytes(StandardCharsets.UTF_8);
        ByteBuffer zeros =
                ByteBuffer.allocate(8 + json.length + Math.toIntExact(end))
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(json.length)
                        .put(json);
        Path file = Files.write(directory.resolve("cifar.safetensors"), zeros.array());
        Preprocessing rule = imported(run(file)).card().preprocessing();
        assertThat(rule.width()).isEqualTo(32);
        assertThat(rule.resize()).isEqualTo(Preprocessing.Resize.STRETCH);
    }

    private CommandRun run(Path file, String... options) {
        List<String> arguments =
                new ArrayList<>(List.of("import", file.toString(), "--output", model().toString()));
        arguments.addAll(List.of(options));
        return CommandRun.of(arguments.toArray());
    }

    private ModelDirectory imported(CommandRun run) {
        assertThat(run.exitCode()).as(run.err()).isZero();
        return ModelDirectory.open(model());
    }

    private Path model() {
        return directory.resolve("model");
    }

    private void assertWithinPyTorchsError(String name, String input, ModelDirectory model)
            throws IOException {
        JsonNode facts = facts(name);
        double error =
                new Expectation(NpyArray.read(FOLDER.resolve(input)), NpyArray.read(logits(name)))
                        .error(model);
        double pytorch = facts.get("float32Error").asDouble();
        System.out.printf(Locale.ROOT, "%s: error %.2e, PyTorch's %.2e%n", name, error, pytorch);
        Kernels kernels = Kernels.inUse();
        boolean avx512 = kernels.onednn() && kernels.isa().compareTo(Isa.AVX512_CORE) >= 0;
        assertThat(error).isLessThanOrEqualTo(Math.max(3 * pytorch, avx512 ? AVX512_ROUNDING : 0));
    }

    private static JsonNode facts(String name) throws IOException {
        return new ObjectMapper().readTree(FOLDER.resolve("logits.json").toFile()).get(name);
    }

    private Path logits(String name) throws IOException {
        return write(facts(name).get("logits"), directory.resolve(name + ".npy"));
    }

    /** As NumPy saves float64. */
    private static Path write(JsonNode rows, Path file) throws IOException {
        String header =
                "{'descr': '<f8', 'fortran_order': False, 'shape': (%d, %d), }\n"
                        .formatted(rows.size(), rows.get(0).size());
        ByteBuffer npy =
                ByteBuffer.allocate(10 + header.length() + 8 * rows.size() * rows.get(0).size())
                        .order(ByteOrder.LITTLE_ENDIAN);
        npy.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
        npy.putShort((short) header.length());
        npy.put(header.getBytes(StandardCharsets.US_ASCII));
        rows.forEach(row -> row.forEach(value -> npy.putDouble(value.asDouble())));
        return Files.write(file, npy.array());
    }

    private Path unpack(String name) throws IOException {
        Path unpacked = directory.resolve(Path.of(name).getFileName().toString());
        try (InputStream in =
                new GZIPInputStream(Files.newInputStream(FOLDER.resolve(name + ".gz")))) {
            Files.copy(in, unpacked, REPLACE_EXISTING);
        }
        return unpacked;
    }
}
