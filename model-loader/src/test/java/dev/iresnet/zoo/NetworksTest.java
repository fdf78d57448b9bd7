package dev.iresnet.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworksTest {

    @Test
    void everyNetworkIsFoundByItsNameAndHasTheDepthInIt() {
        for (Architecture network : Networks.imageNet()) {
            assertThat(Networks.named(network.name())).isEqualTo(network);
            assertThat(network.name()).endsWith(String.valueOf(network.depth()));
        }
        assertThat(Networks.imageNet()).hasSize(4 * 9 + 4 * 7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cifar-iresnet20", "cifar-resnet110", "cifar-iresgroupfix164"})
    void cifarNetworksAreFoundByTheirNames(String name) {
        assertThat(Networks.named(name).name()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"iresnet3d18", "resnet3d200", "r3d_18", "mc3_18", "slow_r50"})
    void networksForClipsAreFoundByTheirNames(String name) {
        assertThat(Networks.named(name).name()).isEqualTo(name);
        assertThat(Networks.named(name).takesClips()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "resgroup3d50, has no form for clips",
        "iresnet3d302, go up to depth 200",
        "iresnet3d51, depths",
        "slow_r18, none of basic blocks"
    })
    void refusesNetworksForClipsThatThereAreNot(String name, String why) {
        assertThatThrownBy(() -> Networks.named(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    @Test
    void temporalStridesAreOneAStageAndTheFirstIsThePools() {
        Architecture pooled = Networks.named("resnet3d50");
        Architecture other = pooled.withTemporalStrides(List.of(1, 1, 2, 1));

        assertThat(pooled.backbone().temporal().map(Temporal::strides))
                .contains(List.of(2, 2, 2, 2));
        assertThat(other.backbone().temporal().map(Temporal::strides))
                .contains(List.of(1, 1, 2, 1));
        assertThat(other.backbone().temporal().map(Temporal::poolStride)).contains(1);
        assertThatThrownBy(() -> pooled.withTemporalStrides(List.of(1, 1)))
                .hasMessageContaining("4 numbers");
        assertThatThrownBy(
                        () -> Networks.named("resnet50").withTemporalStrides(List.of(1, 1, 1, 1)))
                .hasMessageContaining("takes pictures");
    }

    @Test
    void blocksThatCannotBeSpreadEvenlyGoToTheMiddle() {
        assertThat(Networks.named("cifar-iresnet3002").backbone().stages())
                .extracting(Stage::blocks)
                .isEqualTo(List.of(333, 334, 333));
    }

    @ParameterizedTest
    @ValueSource(strings = {"iresnet51", "resgroup18", "iresnot50", "cifar-iresnet21", "50", ""})
    void unknownNamesAreRefusedWithWhatThereIs(String name) {
        assertThatThrownBy(() -> Networks.named(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching(".*(depths|families|such as).*");
    }

    @Test
    void familyIsFoundAtAnyWidth() {
        Architecture network = Networks.named("iresgroupfix50").widened(3).withClasses(7);

        assertThat(network.family()).contains(Family.IRESGROUPFIX);
    }

    @Test
    void impossibleArchitecturesAreRefused() {
        BlockStyle staged = new BlockStyle(Unit.BASIC, BlockOrder.STAGED, Shortcut.POOLED);
        Stem stem = new Stem(Stem.Form.CIFAR, 16);

        assertThatThrownBy(() -> new Backbone(stem, staged, List.of(new Stage(1, 16, 1, 16))))
                .hasMessageContaining("blocks of a stage in order STAGED must be 2..");
        assertThatThrownBy(() -> new Backbone(stem, staged, List.of(new Stage(2, 16, 2, 16))))
                .hasMessageContaining("groups of a stage in unit BASIC must be 1..1, got 2");
        assertThatThrownBy(() -> new Stage(2, 10, 4, 40)).hasMessageContaining("multiple");
    }
}
