package dev.iresnet.model.loading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.model.ModelException;
import dev.iresnet.model.Sample;
import dev.iresnet.model.TestModels;
import dev.iresnet.model.card.Checksums;
import dev.iresnet.model.card.ModelDirectory;
import dev.iresnet.model.export.ModelExporter;
import dev.iresnet.model.export.SeededWeights;
import dev.iresnet.model.export.WeightSource;
import dev.iresnet.model.loading.BlockProbe.BlockStrength;
import dev.iresnet.zoo.Architecture;
import dev.iresnet.zoo.Networks;
import dev.iresnet.zoo.ReluForm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockProbeTest {
    @TempDir private Path models;

    private final Architecture network = Networks.named("cifar-resnet20");

    private List<BlockStrength> strengths(WeightSource weights) {
        ModelDirectory model =
                ModelExporter.export(
                        TestModels.card(network, ReluForm.PAPER), weights, models.resolve("m"));
        try (BlockProbe probe = BlockProbe.open(model)) {
            Sample.noise(model.description(), 3)
                    .limit(2)
                    .forEach(sample -> probe.run(List.of(sample, sample)));
            return probe.strengths();
        }
    }

    /** The residual of a ResNet block ends in a norm: its scale scales the residual. */
    private static WeightSource scaled(SeededWeights weights, String key, float factor) {
        return read -> {
            float[] values = weights.read(read);
            for (int i = 0; read.equals(key) && i < values.length; i++) {
                values[i] *= factor;
            }
            return values;
        };
    }

    @Test
    void aBlockThatAddsNothingIsSeen() {
        SeededWeights weights = new SeededWeights(network, 1);
        List<BlockStrength> strengths = strengths(scaled(weights, "layer2.1.bn2.weight", 0));

        assertThat(strengths).hasSize(9);
        assertThat(strengths.get(4).name()).isEqualTo("layer2.1");
        assertThat(strengths.get(4).ratio()).isZero();
        assertThat(strengths.get(4).shortcut()).isPositive();
        assertThat(strengths).filteredOn(strength -> strength.ratio() > 0).hasSize(8);
    }

    @Test
    void theRatioFollowsTheResidual() {
        SeededWeights weights = new SeededWeights(network, 1);
        BlockStrength plain = strengths(weights).get(4);
        BlockStrength tripled = strengths(scaled(weights, "layer2.1.bn2.weight", 3)).get(4);

        assertThat(tripled.shortcut()).isEqualTo(plain.shortcut());
        assertThat(tripled.residual()).isCloseTo(3 * plain.residual(), within(1e-4));
        assertThat(tripled.ratio()).isCloseTo(3 * plain.ratio(), within(1e-4));
    }

    @Test
    void refusesAModelWhoseBlocksAreNotKnown() throws IOException {
        ModelDirectory known = TestModels.export(models.resolve("known"));
        Path card = known.path().resolve(ModelDirectory.CARD);
        ObjectNode json = (ObjectNode) new ObjectMapper().readTree(card.toFile());
        json.remove("network");
        Files.writeString(card, json.toString());
        Checksums.write(known.path());
        ModelDirectory foreign = ModelDirectory.open(known.path());

        assertThatThrownBy(() -> BlockProbe.open(foreign))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("was not built from a known network");
    }
}
