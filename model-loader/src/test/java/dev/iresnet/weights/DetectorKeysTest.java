package dev.iresnet.weights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.weights.CheckpointWriter.Format;
import dev.iresnet.zoo.Architecture;
import dev.iresnet.zoo.Family;
import dev.iresnet.zoo.Networks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DetectorKeysTest {
    @TempDir private Path folder;

    /** As NVIDIA's training writes it beside the weights: the names by number. */
    @Test
    void readsTheNamesOfClassesWhereTheFileHasThem() throws IOException {
        Path file = folder.resolve("ssd.pth");
        List<SavedTensor> tensors =
                Checkpoints.tensors(Networks.ssd300(Family.RESNET, 18, 2).withClasses(2));
        Files.write(file, CheckpointWriter.zip(withLabels(tensors, 2), tensors));
        assertThat(Checkpoint.open(file).labels()).containsExactly("cat", "dog");

        // a number is left out
        Files.write(file, CheckpointWriter.zip(withLabels(tensors, 3), tensors));
        assertThat(Checkpoint.open(file).labels()).isEmpty();
        assertThat(Checkpoint.open(file).shapes()).isNotEmpty();

        Files.write(file, Format.ZIP.write(tensors));
        assertThat(Checkpoint.open(file).labels()).isEmpty();
    }

    private static byte[] withLabels(List<SavedTensor> tensors, int dog) {
        PickleWriter pickle = PickleWriter.protocol2().op('}').op('(').string("model");
        CheckpointWriter.items(pickle.orderedDict(), tensors).string("label_map");
        pickle.op('}').op('(').integer(0).string("background").integer(dog).string("dog");
        return pickle.integer(1).string("cat").op('u').op('u').stop().bytes();
    }

    /** NVIDIA's SSD: the backbone a sequence, with a pool or without, the rest beside it. */
    @ParameterizedTest
    @ValueSource(strings = {"", "module.", "model.ssd."})
    void findsTheBackboneOfADetectorAndWhatStandsBesideIt(String prefix) throws IOException {
        String backbone = prefix + "feature_extractor.feature_extractor.";
        for (Family family : List.of(Family.RESNET, Family.IRESNET)) {
            Architecture network = Networks.ssd300(family, 34, 2).withClasses(2);
            int first = family == Family.RESNET ? 4 : 3;
            UnaryOperator<String> number =
                    key -> {
                        if (key.startsWith("conv1.")) {
                            return backbone + "0." + key.substring(6);
                        }
                        if (key.startsWith("bn1.")) {
                            return backbone + "1." + key.substring(4);
                        }
                        return key.startsWith("layer")
                                ? backbone + (key.charAt(5) - '1' + first) + key.substring(6)
                                : prefix + key;
                    };
            List<SavedTensor> tensors =
                    Checkpoints.tensors(network).stream()
                            .map(
                                    t ->
                                            new SavedTensor(
                                                    number.apply(t.key()),
                                                    t.dtype(),
                                                    t.storage(),
                                                    t.offset(),
                                                    t.sizes(),
                                                    t.strides()))
                            .toList();

            Path file = folder.resolve("ssd.pth");
            Files.write(file, Format.ZIP.write(tensors));
            Checkpoint checkpoint = Checkpoint.open(file);

            assertThat(Recogniser.recognise("ssd.pth", checkpoint.shapes()).network())
                    .isEqualTo(network);
        }
    }
}
