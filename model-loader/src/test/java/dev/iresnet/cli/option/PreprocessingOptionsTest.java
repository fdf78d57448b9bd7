package dev.iresnet.cli.option;

import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.image.Preprocessing;
import dev.iresnet.image.Preprocessing.Interpolation;
import dev.iresnet.image.Preprocessing.Resize;
import dev.iresnet.model.ClipRule;
import dev.iresnet.zoo.Architecture;
import dev.iresnet.zoo.ClipNetworks;
import dev.iresnet.zoo.Networks;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class PreprocessingOptionsTest {
    private static final Preprocessing OWN =
            new Preprocessing(
                    96,
                    64,
                    Resize.SHORTER_SIDE_THEN_CROP,
                    120,
                    List.of(0.1f, 0.2f, 0.3f),
                    List.of(0.4f, 0.5f, 0.6f),
                    Interpolation.BICUBIC);

    private static Preprocessing rule(
            String network, Optional<Preprocessing> own, boolean exact, String... arguments) {
        PreprocessingOptions options = new PreprocessingOptions();
        new CommandLine(new Holder(options)).parseArgs(arguments);
        return options.rule(Networks.named(network), own, exact);
    }

    @CommandLine.Command
    private record Holder(@CommandLine.Mixin PreprocessingOptions options) {}

    @Test
    void stretchesToWhateverSizeForNetworksOfTheCifarForm() {
        Preprocessing rule = rule("cifar-iresnet20", Optional.empty(), false, "--input-size", "32");
        assertThat(rule).isEqualTo(rule("cifar-iresnet20", Optional.empty(), false));
        assertThat(rule.resize()).isEqualTo(Resize.STRETCH);
        assertThat(rule("cifar-iresnet20", Optional.empty(), false, "--input-size", "40"))
                .matches(larger -> larger.resize() == Resize.STRETCH && larger.width() == 40);
        assertThat(rule("cifar-iresnet20", Optional.empty(), false, "--resize", "36").resizeTo())
                .isEqualTo(36);
    }

    @Test
    void takesPicturesOfTheNetworksSizeAsTheyAreWhereTheyAreNotVaried() {
        assertThat(rule("iresnet50", Optional.empty(), false).resizeTo()).isEqualTo(256);
        assertThat(rule("iresnet50", Optional.empty(), true).resizeTo()).isEqualTo(224);
        assertThat(rule("iresnet50", Optional.empty(), true, "--input-size", "96x64").resizeTo())
                .isEqualTo(96);
        assertThat(rule("iresnet50", Optional.empty(), true, "--resize", "232").resizeTo())
                .isEqualTo(232);
        assertThat(rule("iresnet50", Optional.empty(), true, "--preprocessing", "timm").resizeTo())
                .isEqualTo(256);
        assertThat(rule("iresnet50", Optional.of(OWN), true)).isEqualTo(OWN);
    }

    @Test
    void whatIsSaidHoldsForNetworksForClipsToo() {
        Preprocessing usual = rule("iresnet3d18", Optional.empty(), false);
        Preprocessing said =
                rule("iresnet3d18", Optional.empty(), false, "--preprocessing", "torchvision");
        assertThat(usual.mean()).containsExactly(.4345f, .4051f, .3775f);
        assertThat(said.mean()).isEqualTo(Preprocessing.IMAGENET.mean());
        assertThat(said.resizeTo()).isEqualTo(128);
    }

    @Test
    void otherStridesMakeNoOtherClipsOfASlowNetwork() {
        Architecture strided = ClipNetworks.slow(50).withTemporalStrides(List.of(2, 1, 1, 2));

        assertThat(strided.name()).isEqualTo("resnet3d50");
        assertThat(new PreprocessingOptions().rule(strided))
                .isEqualTo(rule("slow_r50", Optional.empty(), false));
        assertThat(new ClipOptions().rule(strided, Optional.empty()))
                .contains(new ClipRule(8, 8, Optional.of(10), Optional.of(30f)));
        assertThat(new ClipOptions().rule(Networks.named("resnet3d50"), Optional.empty()))
                .contains(ClipRule.USUAL);
    }

    @Test
    void changesOfAModelsOwnRuleWhatIsSaidAndNoMore() {
        assertThat(rule("iresnet50", Optional.of(OWN), false, "--mean", "0.5"))
                .isEqualTo(
                        new Preprocessing(
                                96,
                                64,
                                OWN.resize(),
                                120,
                                List.of(0.5f, 0.5f, 0.5f),
                                OWN.std(),
                                OWN.interpolation()));
        assertThat(rule("iresnet50", Optional.of(OWN), false, "--input-size", "192"))
                .matches(rule -> rule.width() == 192 && rule.height() == 192)
                .matches(rule -> rule.resizeTo() == 240 && rule.mean().equals(OWN.mean()));
        assertThat(rule("iresnet50", Optional.of(OWN), false, "--resize", "100"))
                .matches(rule -> rule.width() == 96 && rule.resizeTo() == 100);
        assertThat(rule("cifar-iresnet20", Optional.of(OWN.stretchedTo(40)), true, "--std", "0.3"))
                .matches(rule -> rule.width() == 40 && rule.resize() == Resize.STRETCH)
                .matches(rule -> rule.std().equals(List.of(0.3f, 0.3f, 0.3f)));
    }
}
