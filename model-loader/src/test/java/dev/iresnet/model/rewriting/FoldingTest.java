package dev.iresnet.model.rewriting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.Guise;
import dev.iresnet.model.Model;
import dev.iresnet.model.Precision;
import dev.iresnet.model.Sample;
import dev.iresnet.model.TestModels;
import dev.iresnet.model.card.ModelDirectory;
import dev.iresnet.model.loading.PlainModel;
import dev.iresnet.model.running.RunnableGraph;
import dev.iresnet.model.running.SessionConfig;
import dev.iresnet.model.running.TensorFlowModel;
import dev.iresnet.model.savedmodel.FrozenGraph;
import dev.iresnet.model.savedmodel.SavedGraph;
import dev.iresnet.tensorflow.Fusion;
import dev.iresnet.tensorflow.Kernels;
import dev.iresnet.tensorflow.TensorFlowProcess;
import dev.iresnet.zoo.Architecture;
import dev.iresnet.zoo.Family;
import dev.iresnet.zoo.Networks;
import dev.iresnet.zoo.ReluForm;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.TensorFlow;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;

@Guise
class FoldingTest {
    @TempDir Path folder;

    @ParameterizedTest
    @MethodSource("networks")
    void foldingAndFusingKeepTheLogits(String network, ReluForm form) {
        boolean clips = Networks.named(network).takesClips();
        ModelDirectory directory =
                TestModels.export(
                        clips ? TestModels.narrow(network) : Networks.named(network), form, folder);
        SavedGraph saved = SavedGraph.read(directory);
        Sample crop = Sample.noise(directory.description(), 1).findFirst().orElseThrow();
        int side = TestModels.SIDE;
        float[] plain;
        try (PlainModel model = PlainModel.open(directory)) {
            plain =
                    model.logits(
                            TestModels.normalized(crop.pixels()),
                            clips ? Shape.of(1, 16, side, side, 3) : Shape.of(1, side, side, 3));
        }

        GraphDef folded = Folding.fold(FrozenGraph.freeze(saved), saved.tensors());
        GraphDef fused = Fusing.fuse(folded, saved.tensors(), Kernels.inUse().fusions());

        assertThat(unknownAttributes(fused)).isEmpty();
        assertThat(
                        TestModels.distance(
                                logits(
                                        directory,
                                        saved,
                                        folded,
                                        SessionConfig.rewriting(
                                                Precision.FLOAT32, directory.card().task()),
                                        crop),
                                plain))
                .isLessThan(1e-4);
        assertThat(
                        TestModels.distance(
                                logits(
                                        directory,
                                        saved,
                                        fused,
                                        TensorFlowProcess.literalConfig(),
                                        crop),
                                plain))
                .isLessThan(1e-4);
    }

    static Stream<Arguments> networks() {
        return Stream.concat(
                        Stream.of(Family.values()).map(family -> "cifar-" + family.id() + "20"),
                        Stream.of("iresnet3d18", "iresnet3d50", "resnet3d50", "mc3_18", "slow_r50"))
                .flatMap(
                        name -> Stream.of(ReluForm.values()).map(form -> Arguments.of(name, form)));
    }

    /** Attributes that an operation does not have, for each of which TensorFlow logs an error. */
    private static List<String> unknownAttributes(GraphDef graph) {
        Map<String, Set<String>> known =
                TensorFlow.registeredOpList().getOpList().stream()
                        .collect(
                                Collectors.toMap(
                                        OpDef::getName,
                                        operation ->
                                                operation.getAttrList().stream()
                                                        .map(OpDef.AttrDef::getName)
                                                        .collect(Collectors.toSet())));
        return graph.getNodeList().stream()
                .flatMap(
                        node ->
                                node.getAttrMap().keySet().stream()
                                        .filter(name -> !name.startsWith("_"))
                                        .filter(
                                                name ->
                                                        !known.getOrDefault(node.getOp(), Set.of())
                                                                .contains(name))
                                        .map(name -> node.getOp() + "." + name))
                .toList();
    }

    @Test
    void everyNormOfAResNetFollowsAConvolution() {
        Map<String, Long> operations = operations(Networks.named("cifar-resnet20"));

        assertThat(operations).doesNotContainKeys("FusedBatchNormV3", "VariableV2", "RestoreV2");
        // 19 convolutions and two projections, each with its bias, sum and ReLU
        assertThat(operations).containsEntry("_FusedConv2D", 21L);
        assertThat(operations).doesNotContainKeys("Conv2D", "Relu", "AddV2", "BatchNorm");
    }

    @Test
    void leadingAndEndNormsOfAStagedNetworkStay() {
        Map<String, Long> operations = operations(Networks.named("cifar-iresnet164"));

        // 18 blocks a stage: norms lead all but the first two, and one is over the End's sum
        assertThat(operations).containsEntry("_FusedBatchNormEx", 3L * (16 + 1));
        // what has no norm before it
        assertThat(operations).containsEntry("Relu", 3L);
    }

    @Test
    void paddingOfAPoolIsThePools() {
        Map<String, Long> operations = operations(Networks.named("cifar-iresnet20"));

        assertThat(operations)
                .containsEntry("MaxPool", 2L)
                .doesNotContainKeys("PadV2", "MaxPoolV2");
    }

    @Test
    void scaleOfTheInputIsFoldedAndItsMeanIsNot() {
        Map<String, Long> operations = operations(Networks.named("cifar-iresnet20"));

        assertThat(operations).doesNotContainKey("Mul").containsEntry("Sub", 1L);
    }

    private Map<String, Long> operations(Architecture network) {
        SavedGraph saved = SavedGraph.read(TestModels.export(network, ReluForm.PAPER, folder));
        GraphDef folded = Folding.fold(FrozenGraph.freeze(saved), saved.tensors());
        return Fusing.fuse(folded, saved.tensors(), Set.of(Fusion.values())).getNodeList().stream()
                .collect(Collectors.groupingBy(NodeDef::getOp, Collectors.counting()));
    }

    private static float[] logits(
            ModelDirectory directory,
            SavedGraph saved,
            GraphDef definition,
            ConfigProto config,
            Sample crop) {
        Graph graph = new Graph();
        graph.importGraphDef(definition);
        try (Model model =
                new TensorFlowModel(
                        directory.description(),
                        new RunnableGraph(
                                graph, new Session(graph, config), saved.input(), saved.kept()))) {
            return TestModels.values(model.predict(List.of(crop)));
        }
    }
}
