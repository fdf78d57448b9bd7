package dev.iresnet.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class InventoryTest {
    private static final Window CLIP = new Window(16, 112, 112);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "  18 |  11689512 |  1814073344 |  1814073344",
                "  34 |  21797672 |  3663761408 |  3663761408",
                "  50 |  25557032 |  4089184256 |  4127719424",
                " 101 |  44549160 |  7801405440 |  7839940608",
                " 152 |  60192808 | 11513626624 | 11552161792",
                " 200 |  64673832 | 15007481856 | 15046017024",
                " 302 |  96585512 | 22431924224 | 22470459392",
                " 404 | 124524328 | 29856366592 | 29894901760",
                "1001 | 255597864 | 73311191040 | 73349726208",
            })
    void countsThePlainFamiliesAtEveryDepth(int depth, long parameters, long macs, long pooled) {
        assertCounts(Networks.imageNet(Family.RESNET, depth), parameters, macs);
        assertCounts(Networks.imageNet(Family.RESSTAGE, depth), parameters, macs);
        assertCounts(Networks.imageNet(Family.IRESNET, depth), parameters, pooled);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RESGROUP     |  50 | 24887080 |  5356609536",
                "RESGROUP     | 101 | 47813416 |  9833111552",
                "RESGROUP     | 152 | 66993960 | 14540824576",
                "RESGROUPFIX  |  50 | 23366440 |  4229455872",
                "RESGROUPFIX  | 101 | 43786024 |  8214634496",
                "RESGROUPFIX  | 152 | 60607272 | 12199813120",
                "IRESGROUP    |  50 | 24887080 |  5510750208",
                "IRESGROUP    | 101 | 47813416 |  9987252224",
                "IRESGROUP    | 152 | 66993960 | 14694965248",
                "IRESGROUPFIX |  50 | 23366440 |  4383596544",
                "IRESGROUPFIX | 101 | 43786024 |  8368775168",
                "IRESGROUPFIX | 152 | 60607272 | 12353953792",
            })
    void countsTheGroupedFamilies(Family family, int depth, long parameters, long macs) {
        assertCounts(Networks.imageNet(family, depth), parameters, macs);
    }

    /** For pictures of 300x300 pixels, 80 classes and the background. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                " 18 | 14048310 |  7781466880 |  7781466880",
                " 34 | 19975222 | 15862078720 | 15862078720",
                " 50 | 22894902 | 20150906112 | 20220026112",
                "101 | 41887030 | 47500127488 | 47569247488",
                "152 | 57530678 | 70023015680 | 70092135680",
            })
    void countsDetectors(int depth, long parameters, long macs, long pooled) {
        Window size = Window.square(300);
        assertCounts(Networks.ssd300(Family.RESNET, depth), size, parameters, macs);
        assertCounts(Networks.ssd300(Family.IRESNET, depth), size, parameters, pooled);
        Architecture named = Networks.named("ssd300-iresnet" + depth);
        assertThat(named).isEqualTo(Networks.ssd300(Family.IRESNET, depth));
        assertThat(named.name()).isEqualTo("ssd300-iresnet" + depth);
    }

    /** That of a small detector, and of what the golden outputs belong to. */
    @Test
    void countsNarrowDetectors() {
        Architecture small = Networks.ssd300(Family.IRESNET, 18, 32).withClasses(3);
        assertThat(Inventory.of(small, 300).parameters()).isEqualTo(1_926_672);
        assertThat(Inventory.of(Networks.ssd300(Family.IRESNET, 18, 8).withClasses(3), 300))
                .returns(191_544L, Inventory::parameters);
        assertThat(Inventory.of(Networks.ssd300(Family.RESNET, 50, 8).withClasses(3), 300))
                .returns(322_072L, Inventory::parameters);
    }

    /** The keys of a projection tell whether a pool stands before it; nothing else changes. */
    @Test
    void aDetectorsLastStageKeepsItsSizeWithOrWithoutAPool() {
        Architecture network = Networks.ssd300(Family.IRESNET, 50);
        Backbone backbone = network.backbone();
        Architecture pooled =
                new Architecture(
                        new Backbone(
                                backbone.stem(),
                                backbone.style(),
                                backbone.stages(),
                                Backbone.Ending.KEEPS_POOLED),
                        network.head());

        assertThat(keys(network))
                .contains("layer3.0.downsample.0.weight", "layer2.0.downsample.1.weight")
                .doesNotContain("layer4.0.conv1.weight", "fc.weight");
        assertThat(keys(pooled))
                .contains("layer3.0.downsample.2.weight")
                .doesNotContain("layer3.0.downsample.0.weight");
        Window size = Window.square(300);
        assertThat(Inventory.of(pooled, size).macs()).isEqualTo(Inventory.of(network, size).macs());
    }

    /** For clips of 16 frames of 112x112 pixels and 400 classes. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                " 18 |  33409104 |  8308006912 |  8308006912",
                " 34 |  63718736 | 12696297472 | 12696297472",
                " 50 |  47018576 | 10069311488 | 10249142272",
                "101 |  86064720 | 13890715648 | 14070546432",
                "152 | 118223440 | 18611273728 | 18791104512",
                "200 | 127423056 | 25804505088 | 25984335872",
            })
    void countsNetworksForClips(int depth, long parameters, long macs, long pooled) {
        Architecture network = ClipNetworks.of(Family.RESNET, depth);
        assertThat(network.name()).isEqualTo("resnet3d" + depth);
        assertCounts(network, CLIP, parameters, macs);
        assertCounts(ClipNetworks.of(Family.IRESNET, depth), CLIP, parameters, pooled);
        assertThat(Inventory.relusOnMainPath(network, ReluForm.PAPER))
                .isEqualTo(
                        Inventory.relusOnMainPath(
                                Networks.imageNet(Family.RESNET, depth), ReluForm.PAPER));
    }

    /** As torchvision's own network was counted, and as it and pytorchvideo document others. */
    @Test
    void countsTorchvisionsAndPytorchvideosNetworksForClips() {
        assertThat(ClipNetworks.r3d(18).name()).isEqualTo("r3d_18");
        assertCounts(ClipNetworks.r3d(18), CLIP, 33_371_472, 40_696_553_472L);
        assertThat(Inventory.of(ClipNetworks.mc3(18), CLIP).parameters()).isEqualTo(11_695_440);
        assertThat(Inventory.of(ClipNetworks.slow(50), CLIP).parameters()).isEqualTo(32_454_096);
    }

    /** Parameters as torchvision's documentation gives them. */
    @ParameterizedTest
    @CsvSource({
        "resnext50_32x4d,25028904",
        "resnext101_32x8d,88791336",
        "resnext101_64x4d,83455272",
        "wide_resnet50_2,68883240",
        "wide_resnet101_2,126886696",
    })
    void countsTorchvisionsOtherWidths(String name, long parameters) {
        Architecture network = Networks.named(name);
        assertThat(network.name()).isEqualTo(name);
        assertThat(Inventory.of(network, 224).parameters()).isEqualTo(parameters);
    }

    @ParameterizedTest
    @CsvSource({"164,1704154", "1001,10328602", "2000,20622298", "3002,30933786"})
    void countsCifarBottlenecks(int depth, long parameters) {
        Architecture network = Networks.cifar(Family.IRESNET, depth);

        assertThat(network.depth()).isEqualTo(depth);
        assertThat(Inventory.of(network, 32).parameters()).isEqualTo(parameters);
    }

    @Test
    void countsTheDemoNetwork() {
        Architecture network = Networks.cifar(Family.IRESNET, 20).widened(2);

        assertThat(Inventory.of(network, 32).parameters()).isEqualTo(1_084_586);
        assertThat(keys(network))
                .noneMatch(key -> key.startsWith("layer1.0.downsample"))
                .contains("layer2.0.downsample.1.weight", "layer3.0.downsample.2.running_var");
    }

    @ParameterizedTest
    @CsvSource({"BASIC,1,177362", "BOTTLENECK,1,376722", "GROUPED,4,859634"})
    void countsWidthsThatAreInNoTable(Unit unit, int times, long parameters) {
        List<Integer> blocks = unit == Unit.BASIC ? List.of(2, 2, 2, 2) : List.of(3, 4, 6, 3);
        List<Stage> stages =
                List.of(
                        unit.stage(blocks.get(0), 8 * times, 1),
                        unit.stage(blocks.get(1), 16 * times, unit == Unit.GROUPED ? 2 : 1),
                        unit.stage(blocks.get(2), 32 * times, unit == Unit.GROUPED ? 4 : 1),
                        unit.stage(blocks.get(3), 64 * times, unit == Unit.GROUPED ? 8 : 1));
        BlockStyle style = new BlockStyle(unit, BlockOrder.STAGED, Shortcut.POOLED);

        Architecture network =
                new Backbone(new Stem(Stem.Form.IMAGENET, 8), style, stages).classifier(10);

        assertThat(Inventory.of(network, 64).parameters()).isEqualTo(parameters);
    }

    @Test
    void resGroupFixIsALittleSmallerThanResNet() {
        long resNet = Inventory.of(Networks.named("resnet50"), 224).parameters();
        long grouped = Inventory.of(Networks.named("resgroupfix50"), 224).parameters();

        assertThat(100.0 * (resNet - grouped) / resNet).isCloseTo(8.57, within(0.005));
    }

    @Test
    void aGroupedConvolutionHasAGthOfTheParametersAndMacs() {
        Architecture grouped = Networks.named("iresgroup50");
        List<Stage> plainStages =
                grouped.backbone().stages().stream()
                        .map(s -> new Stage(s.blocks(), s.width(), 1, s.outputs()))
                        .toList();
        Architecture plain =
                new Backbone(grouped.backbone().stem(), grouped.backbone().style(), plainStages)
                        .classifier(grouped.classes());

        for (int stage = 0; stage < 4; stage++) {
            String key = "layer" + (stage + 1) + ".1.conv2.weight";
            int groups = grouped.backbone().stages().get(stage).groups();
            assertThat(size(grouped, key) * groups).isEqualTo(size(plain, key));
        }
    }

    @Test
    void namesLayersAsTheAuthorsDo() {
        assertThat(keys(Networks.named("iresnet50")))
                .contains(
                        "conv1.weight",
                        "bn1.running_mean",
                        "layer1.0.bn3.weight",
                        "layer1.0.downsample.1.weight",
                        "layer1.0.downsample.2.bias",
                        "layer1.2.bn0.weight",
                        "layer1.2.bn3.weight",
                        "fc.bias")
                .doesNotContain(
                        "layer1.0.bn0.weight",
                        "layer1.1.bn0.weight",
                        "layer1.1.bn3.weight",
                        "layer1.0.downsample.0.weight");
        assertThat(keys(Networks.named("resnet50")))
                .contains("layer1.0.downsample.0.weight", "layer1.0.downsample.1.bias")
                .noneMatch(key -> key.contains("bn0"));
        assertThat(keys(Networks.named("iresnet18")))
                .contains("layer2.0.downsample.1.weight")
                .noneMatch(key -> key.startsWith("layer1.0.downsample"));
    }

    @Test
    void preActivationHasANormBeforeEachConvolutionButTheFirst() {
        assertThat(keys(Networks.named("preactresnet50")))
                .contains("layer1.1.bn1.weight", "layer1.0.downsample.0.weight", "bn2.weight")
                .doesNotContain("layer1.0.bn1.weight", "layer1.0.downsample.1.weight");
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void aKeyIsUsedOnce(Family family) {
        assertThat(keys(Networks.imageNet(family, 50))).doesNotHaveDuplicates();
    }

    private static List<String> keys(Architecture network) {
        return Inventory.weights(network).stream().map(Weight::key).collect(Collectors.toList());
    }

    private static long size(Architecture network, String key) {
        return Inventory.weights(network).stream()
                .filter(variable -> variable.key().equals(key))
                .findFirst()
                .orElseThrow()
                .size();
    }

    private static void assertCounts(Architecture network, long parameters, long macs) {
        assertCounts(network, Window.square(224), parameters, macs);
    }

    private static void assertCounts(
            Architecture network, Window size, long parameters, long macs) {
        Inventory inventory = Inventory.of(network, size);
        assertThat(inventory.parameters()).as("parameters").isEqualTo(parameters);
        assertThat(inventory.macs()).as("macs").isEqualTo(macs);
    }
}
