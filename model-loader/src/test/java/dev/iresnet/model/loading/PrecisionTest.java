package dev.iresnet.model.loading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.iresnet.Guise;
import dev.iresnet.model.LoadOptions;
import dev.iresnet.model.Model;
import dev.iresnet.model.ModelException;
import dev.iresnet.model.Precision;
import dev.iresnet.model.Sample;
import dev.iresnet.model.TestModels;
import dev.iresnet.model.card.ModelDirectory;
import dev.iresnet.tensorflow.TensorFlowProcess;
import dev.iresnet.zoo.Architecture;
import dev.iresnet.zoo.Family;
import dev.iresnet.zoo.Networks;
import dev.iresnet.zoo.ReluForm;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.proto.NodeDef;

@Guise
class PrecisionTest {
    @TempDir Path folder;

    @BeforeEach
    void onTheCpu() {
        assumeThat(TensorFlowProcess.device()).startsWith("CPU");
    }

    @ParameterizedTest
    @CsvSource({
        "cifar-resnet20, AUTHORS",
        "cifar-iresnet20, PAPER",
        "cifar-iresnet20, AUTHORS",
        "cifar-iresgroup20, PAPER"
    })
    void bfloat16RunsWhereTheProcessorHasIt(String network, ReluForm form) {
        assumeThat(Precision.BFLOAT16.refusal()).isEmpty();
        ModelDirectory directory = TestModels.export(Networks.named(network), form, folder);
        List<Sample> samples = TestModels.samples(2);

        try (Model exact = ModelLoader.load(directory, new LoadOptions(2));
                Model rounded =
                        ModelLoader.load(directory, new LoadOptions(2, Precision.BFLOAT16))) {
            float[] expected = TestModels.values(exact.predict(samples));
            float[] actual = TestModels.values(rounded.predict(samples));

            assertThat(TestModels.distance(actual, expected)).isBetween(1e-5, 0.1);
        }
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void bfloat16ComputesInOperationsThatAreFused(Family family) {
        assumeThat(Precision.BFLOAT16.refusal()).isEmpty();
        Architecture network = Networks.named("cifar-" + family.id() + "20");
        ModelDirectory directory = TestModels.export(network, ReluForm.PAPER, folder);

        List<NodeDef> nodes =
                ModelLoader.servingGraph(directory, Precision.BFLOAT16).graph().getNodeList();

        assertThat(nodes).extracting(NodeDef::getOp).doesNotContain("_FusedConv2D");
        assertThat(nodes)
                .filteredOn(node -> node.getOp().contains("Conv2D"))
                .hasSizeGreaterThan(18)
                .allMatch(node -> node.getAttrOrThrow("T").getType() == Precision.BFLOAT16.type());
        assertThat(nodes)
                .filteredOn(node -> node.getOp().equals("MatMul"))
                .allMatch(node -> node.getAttrOrThrow("T").getType() == Precision.FLOAT32.type());
    }

    @Test
    void float16IsRefusedOnTheCpuRatherThanReplacedInSilence() {
        ModelDirectory directory = TestModels.export(folder);

        assertThatThrownBy(() -> ModelLoader.load(directory, new LoadOptions(1, Precision.FLOAT16)))
                .isInstanceOf(ModelException.class)
                .hasMessage(
                        "float16 does not run on this machine: it needs a GPU, and TensorFlow"
                                + " computes on CPU:0. Use float32 (--precision, model.precision)");
    }

    // where this CPU has it, OlderCpuIT shows one that has not
    @Test
    void bfloat16IsRefusedInASentenceWhereItDoesNotRun() {
        assumeThat(Precision.BFLOAT16.refusal()).isPresent();
        ModelDirectory directory = TestModels.export(folder);

        assertThatThrownBy(
                        () -> ModelLoader.load(directory, new LoadOptions(1, Precision.BFLOAT16)))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith("bfloat16 does not run on this machine: ")
                .hasMessageEndingWith("Use float32 (--precision, model.precision)");
    }
}
