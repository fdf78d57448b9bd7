package dev.iresnet.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.iresnet.weights.CheckpointWriter.Format;
import dev.iresnet.zoo.Architecture;
import dev.iresnet.zoo.Backbone;
import dev.iresnet.zoo.ClipNetworks;
import dev.iresnet.zoo.Family;
import dev.iresnet.zoo.Stage;
import dev.iresnet.zoo.Stem;
import dev.iresnet.zoo.Temporal;
import dev.iresnet.zoo.Unit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClipKeysTest {
    @TempDir private Path folder;

    /** Of these widths a checkpoint is small. */
    private static Architecture narrow(Architecture network) {
        Backbone wide = network.backbone();
        Unit unit = wide.style().unit();
        List<Stage> stages =
                wide.stages().stream().map(s -> unit.stage(s.blocks(), s.width() / 32, 1)).toList();
        return new Backbone(
                        new Stem(wide.stem().form(), 2),
                        wide.style(),
                        stages,
                        wide.ending(),
                        wide.temporal())
                .classifier(3);
    }

    private Recognition recognised(Architecture network, UnaryOperator<String> names)
            throws IOException {
        List<SavedTensor> tensors =
                Checkpoints.tensors(network).stream()
                        .map(
                                t ->
                                        new SavedTensor(
                                                names.apply(t.key()),
                                                t.dtype(),
                                                t.storage(),
                                                t.offset(),
                                                t.sizes(),
                                                t.strides()))
                        .toList();
        Path file = folder.resolve("clips.pth");
        Files.write(file, Format.ZIP.write(tensors));
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            Recognition recognition = Recogniser.recognise("clips.pth", checkpoint.shapes());
            assertThat(checkpoint.read("layer1.0.conv1.weight")).isNotEmpty();
            return recognition;
        }
    }

    private static String replaced(String key, String... pairs) {
        for (int i = 0; i < pairs.length; i += 2) {
            if (Pattern.matches(pairs[i], key)) {
                return key.replaceAll(pairs[i], pairs[i + 1]);
            }
        }
        return key;
    }

    /** Torchvision's scheme, as its {@code VideoResNet} has it. */
    private static String torchvision(String key) {
        return replaced(
                key,
                "conv1\\.(.*)",
                "stem.0.$1",
                "bn1\\.(.*)",
                "stem.1.$1",
                "(layer\\d\\.\\d+)\\.conv(\\d)\\.(.*)",
                "$1.conv$2.0.$3",
                "(layer\\d\\.\\d+)\\.bn(\\d)\\.(.*)",
                "$1.conv$2.1.$3");
    }

    /** Pytorchvideo's scheme, as its {@code create_resnet} has it. */
    private static String pytorchvideo(String key) {
        String block = "blocks.$1.res_blocks.$2.";
        String named =
                replaced(
                        key,
                        "conv1\\.(.*)",
                        "blocks.0.conv.$1",
                        "bn1\\.(.*)",
                        "blocks.0.norm.$1",
                        "layer(\\d)\\.(\\d+)\\.downsample\\.0\\.(.*)",
                        block + "branch1_conv.$3",
                        "layer(\\d)\\.(\\d+)\\.downsample\\.1\\.(.*)",
                        block + "branch1_norm.$3",
                        "layer(\\d)\\.(\\d+)\\.conv(\\d)\\.(.*)",
                        block + "branch2.conv_$3.$4",
                        "layer(\\d)\\.(\\d+)\\.bn(\\d)\\.(.*)",
                        block + "branch2.norm_$3.$4",
                        "fc\\.(.*)",
                        "blocks.5.proj.$1");
        return named.replaceAll("(conv|norm)_1", "$1_a")
                .replaceAll("(conv|norm)_2", "$1_b")
                .replaceAll("(conv|norm)_3", "$1_c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "module."})
    void findsNetworksForClipsByAnyOfTheirNames(String prefix) throws IOException {
        for (Family family : List.of(Family.RESNET, Family.IRESNET)) {
            for (int depth : List.of(34, 50)) {
                Architecture network = narrow(ClipNetworks.of(family, depth));
                assertThat(recognised(network, key -> prefix + key).network()).isEqualTo(network);
            }
        }
        for (Architecture network : List.of(ClipNetworks.r3d(18), ClipNetworks.mc3(18))) {
            Architecture narrow = narrow(network);
            Recognition found = recognised(narrow, key -> prefix + torchvision(key));
            assertThat(found.network()).isEqualTo(narrow);
            assertThat(found.network().name()).isEqualTo(network.name());
        }
        Architecture slow = narrow(ClipNetworks.slow(50));
        Recognition found = recognised(slow, key -> prefix + pytorchvideo(key));
        assertThat(found.network()).isEqualTo(slow);
        assertThat(found.network().name()).isEqualTo("slow_r50");
    }

    @Test
    void refusesTheTwoPartConvolutionsOfR2Plus1dByName() {
        Architecture network = narrow(ClipNetworks.r3d(18));

        assertThatThrownBy(
                        () ->
                                recognised(
                                        network,
                                        key ->
                                                torchvision(key)
                                                        .replaceAll("(conv\\d)\\.0\\.", "$1.0.3.")))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("r2plus1d_18");
    }

    @Test
    void refusesKernelsThatSeeAnEvenNumberOfFrames() throws IOException {
        Architecture network = narrow(ClipNetworks.of(Family.RESNET, 18));

        assertThatThrownBy(() -> Recogniser.recognise("x", evenStem(Checkpoints.shapes(network))))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("frames of the stem must be an odd number, got 4");
    }

    private static Map<String, TensorShape> evenStem(Map<String, TensorShape> shapes) {
        shapes.put("conv1.weight", TensorShape.of(2, 3, 4, 7, 7));
        return shapes;
    }

    @Test
    void aStrideThatKeysDoNotTellIsTheUsualOne() throws IOException {
        Architecture other =
                narrow(ClipNetworks.of(Family.IRESNET, 18))
                        .withTemporalStrides(List.of(1, 1, 1, 1));

        Architecture found = recognised(other, key -> key).network();

        assertThat(found.backbone().temporal().map(Temporal::strides))
                .contains(List.of(2, 2, 2, 2));
        assertThat(found.withTemporalStrides(List.of(1, 1, 1, 1))).isEqualTo(other);
    }
}
