package dev.iresnet.model.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.iresnet.Guise;
import dev.iresnet.model.LoadOptions;
import dev.iresnet.model.Model;
import dev.iresnet.model.Precision;
import dev.iresnet.model.Sample;
import dev.iresnet.model.TestModels;
import dev.iresnet.model.card.ModelCard;
import dev.iresnet.model.card.ModelDirectory;
import dev.iresnet.model.card.WeightType;
import dev.iresnet.model.loading.ModelLoader;
import dev.iresnet.model.loading.PlainModel;
import dev.iresnet.zoo.Architecture;
import dev.iresnet.zoo.Inventory;
import dev.iresnet.zoo.ReluForm;
import dev.iresnet.zoo.Weight;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models whose weights are stored in 8 bits. */
@Guise
class EightBitLayersTest {
    private final Architecture network = TestModels.small();
    private final WeightSource weights = withAFilterOfZeros(new SeededWeights(network, 5));

    @TempDir private Path folder;
    private ModelDirectory model;

    @BeforeEach
    void export() {
        model = write("small");
    }

    private ModelDirectory write(String name) {
        ModelCard card = TestModels.card(network, ReluForm.PAPER);
        return ModelExporter.export(card.with(WeightType.INT8), weights, folder.resolve(name));
    }

    private static WeightSource withAFilterOfZeros(WeightSource weights) {
        return key -> {
            float[] values = weights.read(key);
            if (key.equals("conv1.weight")) {
                Arrays.fill(values, 0, values.length / 16, 0);
            }
            return values;
        };
    }

    @Test
    void keepsEachWeightToHalfAStepOfItsFilter() {
        try (SavedWeights saved = SavedWeights.open(model)) {
            for (Weight weight : Inventory.weights(network)) {
                float[] before = weights.read(weight.key());
                float[] after = saved.read(weight.key());
                if (weight.shape().size() == 1) {
                    assertThat(after).isEqualTo(before);
                    continue;
                }
                int filters = weight.shape().get(0);
                int each = before.length / filters;
                for (int f = 0; f < filters; f++) {
                    float largest = 0;
                    for (int i = f * each; i < (f + 1) * each; i++) {
                        largest = Math.max(largest, Math.abs(before[i]));
                    }
                    for (int i = f * each; i < (f + 1) * each; i++) {
                        assertThat(after[i]).isCloseTo(before[i], within(largest / 127 * 0.5001f));
                    }
                }
            }
        }
    }

    @Test
    void takesAQuarterOfTheSizeAndEqualBytesForEqualWeights() throws IOException {
        ModelDirectory whole =
                ModelExporter.export(
                        TestModels.card(network, ReluForm.PAPER), weights, folder.resolve("whole"));

        assertThat(variables(model)).isLessThan(variables(whole) / 3);
        assertThat(write("again").digest()).isEqualTo(model.digest());
    }

    private static long variables(ModelDirectory of) throws IOException {
        return Files.size(of.path().resolve("variables/variables.data-00000-of-00001"));
    }

    /** Widened before it is folded, so that it runs as any other. */
    @Test
    void isServedAsItWasWritten() {
        List<Sample> samples = TestModels.samples(3);
        try (Model plain = PlainModel.serving(model);
                Model served = ModelLoader.load(model, new LoadOptions(3))) {
            assertThat(TestModels.values(served.predict(samples)))
                    .containsExactly(TestModels.values(plain.predict(samples)), within(1e-5f));
        }
        assertThat(ModelLoader.servingGraph(model, Precision.FLOAT32).graph().getNodeList())
                .noneMatch(node -> node.getName().contains(".codes"));
    }
}
