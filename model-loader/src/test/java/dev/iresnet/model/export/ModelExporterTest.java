package dev.iresnet.model.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.iresnet.file.Sha256;
import dev.iresnet.model.LoadOptions;
import dev.iresnet.model.Model;
import dev.iresnet.model.ModelException;
import dev.iresnet.model.TestModels;
import dev.iresnet.model.card.ModelCard;
import dev.iresnet.model.card.ModelDirectory;
import dev.iresnet.model.card.Network;
import dev.iresnet.model.loading.ModelLoader;
import dev.iresnet.model.loading.PlainModel;
import dev.iresnet.zoo.Architecture;
import dev.iresnet.zoo.Family;
import dev.iresnet.zoo.Inventory;
import dev.iresnet.zoo.Networks;
import dev.iresnet.zoo.ReluForm;
import dev.iresnet.zoo.Weight;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Signature;
import org.tensorflow.proto.DataType;

class ModelExporterTest {
    @TempDir Path folder;

    @Test
    void equalInputGivesEqualBytesInEveryFile() throws IOException {
        ModelDirectory one = TestModels.export(folder.resolve("one"));
        ModelDirectory two = TestModels.export(folder.resolve("two"));

        assertThat(bytes(one.path())).isEqualTo(bytes(two.path()));
        assertThat(one.digest()).isEqualTo(two.digest());
    }

    @Test
    void anotherWeightGivesAnotherDigest() {
        Architecture network = TestModels.small();
        SeededWeights weights = new SeededWeights(network, 1);
        WeightSource changed =
                key -> {
                    float[] values = weights.read(key);
                    values[0] += key.equals("fc.bias") ? 1e-3f : 0;
                    return values;
                };
        ModelCard card = TestModels.card(network, ReluForm.PAPER);

        ModelDirectory one = ModelExporter.export(card, weights, folder.resolve("one"));
        ModelDirectory two = ModelExporter.export(card, changed, folder.resolve("two"));

        assertThat(one.digest()).isNotEqualTo(two.digest());
    }

    @Test
    void versionsCountUpAndNothingElseIsLeft() throws IOException {
        Files.createDirectories(folder.resolve("7"));

        ModelDirectory version = TestModels.export(folder);

        assertThat(version.version()).isEqualTo(8);
        try (Stream<Path> children = Files.list(folder)) {
            assertThat(children).containsExactlyInAnyOrder(folder.resolve("7"), version.path());
        }
    }

    @Test
    void nothingIsLeftOfAnExportThatFails() throws IOException {
        ModelCard card = TestModels.card(TestModels.small(), ReluForm.PAPER);

        assertThatThrownBy(() -> ModelExporter.export(card, key -> new float[1], folder))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("conv1.weight must have 432 values");

        try (Stream<Path> children = Files.list(folder)) {
            assertThat(children).isEmpty();
        }
    }

    @Test
    void readsBackTheCardThatItWrote() {
        ModelDirectory model = TestModels.export(folder);

        assertThat(model.card()).isEqualTo(TestModels.card(TestModels.small(), ReluForm.PAPER));
    }

    @Test
    void bothSignaturesShareOneBody() {
        ModelDirectory directory = TestModels.export(folder);
        ByteBuffer crop = TestModels.crop(3);

        try (PlainModel plain = PlainModel.open(directory);
                Model model = ModelLoader.load(directory, new LoadOptions(1))) {
            float[] logits =
                    plain.logits(TestModels.normalized(crop), 1, TestModels.SIDE, TestModels.SIDE);
            float[] scores = TestModels.values(model.predict(List.of(TestModels.sample(3))));

            assertThat(TestModels.distance(scores, softmax(logits))).isLessThan(1e-4);
        }
    }

    @Test
    void signaturesLeaveBatchAndSizeFree() {
        ModelDirectory directory = TestModels.export(folder);

        try (SavedModelBundle bundle = SavedModelBundle.load(directory.path().toString())) {
            Signature serving = bundle.function("serving_default").signature();
            Signature normalized = bundle.function("normalized").signature();

            assertThat(serving.getInputs())
                    .hasEntrySatisfying(
                            "image",
                            image -> {
                                assertThat(image.dataType).isEqualTo(DataType.DT_UINT8);
                                assertThat(image.shape.asArray()).containsExactly(-1, -1, -1, 3);
                            });
            assertThat(normalized.getInputs())
                    .hasEntrySatisfying(
                            "image",
                            image -> assertThat(image.dataType).isEqualTo(DataType.DT_FLOAT));
            assertThat(serving.outputNames()).containsExactlyInAnyOrder("logits", "probabilities");
            assertThat(normalized.outputNames()).containsExactly("logits");
        }
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void buildsEveryFamilyWithTheVariablesOfItsDeclaration(Family family) {
        Architecture network = Networks.cifar(family, family.id().contains("group") ? 20 : 164);

        assertVariables(network.withClasses(7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"resnet18", "iresnet34", "iresgroup50", "resgroupfix50"})
    void buildsImageNetForms(String name) {
        assertVariables(Networks.named(name));
    }

    private static void assertVariables(Architecture network) {
        Map<String, List<Integer>> built = new TreeMap<>();
        try (NetworkGraph graph =
                NetworkGraph.build(new Network(network, ReluForm.PAPER), TestModels.RULE)) {
            graph.variables()
                    .forEach((key, variable) -> built.put(key, torch(variable.shape().asArray())));
        }
        Map<String, List<Integer>> declared = new TreeMap<>();
        for (Weight variable : Inventory.weights(network)) {
            declared.put(variable.key(), variable.shape());
        }
        assertThat(built).isEqualTo(declared);
    }

    private static List<Integer> torch(long[] tensorFlow) {
        int[] s = Arrays.stream(tensorFlow).mapToInt(Math::toIntExact).toArray();
        return switch (s.length) {
            case 4 -> List.of(s[3], s[2], s[0], s[1]);
            case 2 -> List.of(s[1], s[0]);
            default -> List.of(s[0]);
        };
    }

    private static float[] softmax(float[] logits) {
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit);
        }
        float[] softmax = new float[logits.length];
        for (int i = 0; i < logits.length; i++) {
            softmax[i] = (float) (Math.exp(logits[i]) / sum);
        }
        return softmax;
    }

    private static Map<String, String> bytes(Path directory) throws IOException {
        Map<String, String> sums = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                sums.put(directory.relativize(file).toString(), Sha256.of(file));
            }
        }
        assertThat(sums)
                .containsOnlyKeys(
                        "saved_model.pb",
                        "variables/variables.index",
                        "variables/variables.data-00000-of-00001",
                        "assets.extra/model.json",
                        "assets.extra/SHA256SUMS");
        return sums;
    }
}
