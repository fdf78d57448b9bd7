package dev.iresnet.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.iresnet.zoo.Architecture;
import dev.iresnet.zoo.Backbone;
import dev.iresnet.zoo.BlockOrder;
import dev.iresnet.zoo.BlockStyle;
import dev.iresnet.zoo.Family;
import dev.iresnet.zoo.Networks;
import dev.iresnet.zoo.Stage;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecogniserTest {

    static Stream<Architecture> networks() {
        return Stream.of(
                        Networks.imageNet().stream(),
                        Stream.of(Family.values())
                                .flatMap(
                                        family ->
                                                Stream.of(164, 1001, 3002)
                                                        .map(
                                                                depth ->
                                                                        Networks.cifar(
                                                                                family, depth))),
                        Stream.of(20, 56, 110).map(depth -> Networks.cifar(Family.IRESNET, depth)))
                .flatMap(networks -> networks)
                .filter(
                        network ->
                                network.family().orElseThrow() != Family.RESSTAGE
                                        || network.depth() != 18);
    }

    @ParameterizedTest
    @MethodSource("networks")
    void recognisesEveryNetworkOfThePaper(Architecture network) {
        assertThat(recognise(network).network()).isEqualTo(network);
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void readsWidthsGroupsAndClassesOffTheShapes(Family family) {
        Architecture base = Networks.imageNet(family, 50);
        for (int factor : List.of(2, 3)) {
            Architecture network = base.widened(factor).withClasses(7);
            assertThat(recognise(network).network()).isEqualTo(network);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {18, 34, 50, 101, 152})
    void recognisesDetectorsWithBothReadingsOfTheLastProjection(int depth) {
        for (Family family : List.of(Family.RESNET, Family.IRESNET)) {
            Architecture network = Networks.ssd300(family, depth, 16).withClasses(5);
            assertThat(recognise(network).network()).isEqualTo(network);
        }
        Architecture plain = Networks.ssd300(Family.IRESNET, depth, 16);
        Backbone backbone = plain.backbone();
        Architecture pooled =
                new Architecture(
                        new Backbone(
                                backbone.stem(),
                                backbone.style(),
                                backbone.stages(),
                                Backbone.Ending.KEEPS_POOLED),
                        plain.head());
        assertThat(recognise(pooled).network()).isEqualTo(pooled);
    }

    @Test
    void refusesTorchvisionsDetectorsByName() {
        assertRefused(
                Map.of(
                        "backbone.features.0.weight",
                        TensorShape.of(64, 3, 3, 3),
                        "head.classification_head.module_list.0.weight",
                        TensorShape.of(364, 512, 3, 3)),
                "ssd300_vgg16");
    }

    @Test
    void readsUnevenStages() {
        Backbone base = Networks.imageNet(Family.IRESNET, 50).backbone();
        Architecture network =
                new Backbone(
                                base.stem(),
                                base.style(),
                                List.of(
                                        new Stage(2, 24, 1, 96),
                                        new Stage(5, 40, 1, 160),
                                        new Stage(3, 96, 1, 384)))
                        .classifier(5);
        assertThat(recognise(network).network()).isEqualTo(network);
    }

    /** Both have two blocks a stage and the same norms; most files are ResNet's. */
    @Test
    void saysThatEighteenLayersCouldBeResStage() {
        Architecture resnet = Networks.imageNet(Family.RESNET, 18);
        Architecture resstage = Networks.imageNet(Family.RESSTAGE, 18);
        assertThat(recognise(resstage))
                .isEqualTo(new Recognition(resnet, List.of(resstage), false))
                .isEqualTo(recognise(resnet));
    }

    @Test
    void saysThatPreActivationComesInTwoForms() {
        Architecture network = Networks.imageNet(Family.PREACTRESNET, 50);
        Backbone backbone = network.backbone();
        BlockStyle both =
                new BlockStyle(
                        backbone.style().unit(),
                        BlockOrder.BOTH_PRE_ACTIVATION,
                        backbone.style().shortcut());
        Architecture other =
                new Backbone(backbone.stem(), both, backbone.stages())
                        .classifier(network.classes());
        assertThat(recognise(network)).isEqualTo(new Recognition(network, List.of(other), false));
    }

    @Test
    void listsWhatDoesNotFitTheNearestNetwork() {
        Map<String, TensorShape> shapes = shapes();
        shapes.remove("layer2.1.bn1.bias");
        shapes.put("layer3.2.conv2.weight", TensorShape.of(256, 8, 3, 3));
        shapes.put("layer4.0.gain", TensorShape.of(512));
        assertRefused(
                shapes,
                "net.pth: is not a network of these families. Nearest is resnet50",
                "missing: layer2.1.bn1.bias",
                "superfluous: layer4.0.gain",
                "of another shape: layer3.2.conv2.weight [256, 8, 3, 3] for [256, 256, 3, 3]",
                "Export the network as a SavedModel");
    }

    @Test
    void listsNoMoreThanAFewOfMany() {
        Map<String, TensorShape> shapes = shapes();
        for (int i = 0; i < 1000; i++) {
            shapes.put("extra" + i, TensorShape.of(1));
        }
        assertRefused(shapes, "extra7 and 992 more");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "resnext50_32x4d",
                "resnext101_32x8d",
                "resnext101_64x4d",
                "wide_resnet50_2",
                "wide_resnet101_2",
                "wide_iresnet50_2",
                "iresnext101_32x8d",
            })
    void recognisesTorchvisionsOtherWidthsByName(String name) {
        Architecture network = Networks.named(name);
        assertThat(recognise(network).network()).isEqualTo(network);
        assertThat(network.name()).isEqualTo(name);
    }

    @Test
    void takesAStemOfOneChannelForGrey() {
        Map<String, TensorShape> shapes = shapes();
        shapes.put("conv1.weight", TensorShape.of(64, 1, 7, 7));
        Recognition recognition = Recogniser.recognise("net.pth", shapes);
        assertThat(recognition.grey()).isTrue();
        assertThat(recognition.network()).isEqualTo(Networks.imageNet(Family.RESNET, 50));
        shapes.put("conv1.weight", TensorShape.of(64, 4, 7, 7));
        assertRefused(shapes, "of another shape: conv1.weight [64, 4, 7, 7] for [64, 3, 7, 7]");
    }

    @Test
    void refusesRelativesByName() {
        Map<String, TensorShape> deep = shapes();
        deep.remove("conv1.weight");
        deep.put("conv1.0.weight", TensorShape.of(32, 3, 3, 3));
        assertRefused(deep, "a deep stem, of several convolutions (conv1.0)", "resnet50d");
        Map<String, TensorShape> squeezing = shapes();
        squeezing.put("layer1.0.se.conv.weight", TensorShape.of(16, 256, 1, 1));
        assertRefused(squeezing, "as SE-ResNet and ECA-ResNet have");
        Map<String, TensorShape> grouped = shapes();
        grouped.keySet().removeIf(key -> key.contains("running"));
        assertRefused(grouped, "as GroupNorm and LayerNorm do");
        for (int depth : List.of(34, 50)) {
            Map<String, TensorShape> pooled =
                    Checkpoints.shapes(Networks.imageNet(Family.RESNET, depth));
            for (String stage : List.of("layer1", "layer2", "layer3", "layer4")) {
                TensorShape conv = pooled.remove(stage + ".0.downsample.0.weight");
                if (conv != null) {
                    pooled.put(stage + ".0.downsample.1.weight", conv);
                }
            }
            assertRefused(pooled, "norms behind each convolution, as ResNet-D has");
        }
    }

    @Test
    void refusesInsightFaceByName() {
        Map<String, TensorShape> shapes = shapes();
        shapes.put("layer1.0.prelu.weight", TensorShape.of(64));
        assertRefused(shapes, "as InsightFace's iresnet for faces has");
    }

    @Test
    void refusesNetworksOfOtherMakeByTheirKeys() {
        assertRefused(
                Map.of("features.0.weight", TensorShape.of(64, 3, 3, 3)),
                "conv1.weight is missing",
                "its keys begin with [features.0.weight]");
        Map<String, TensorShape> shapes = shapes();
        shapes.put("fc.weight", TensorShape.of(1000, 2048, 1, 1));
        assertRefused(shapes, "fc.weight is [1000, 2048, 1, 1] where these families have 2 axes");
    }

    @Test
    void refusesShapesThatMakeNoNetwork() {
        Map<String, TensorShape> shapes = shapes();
        shapes.put("conv1.weight", TensorShape.of(0, 3, 7, 7));
        assertRefused(shapes, "its shapes make no network of these families: width of the stem");
    }

    private static Map<String, TensorShape> shapes() {
        return Checkpoints.shapes(Networks.imageNet(Family.RESNET, 50));
    }

    private static Recognition recognise(Architecture network) {
        return Recogniser.recognise("net.pth", Checkpoints.shapes(network));
    }

    private static void assertRefused(Map<String, TensorShape> shapes, String... why) {
        assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(() -> Recogniser.recognise("net.pth", shapes))
                .satisfies(e -> assertThat(e.getMessage()).contains(why));
    }
}
