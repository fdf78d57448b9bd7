package dev.iresnet.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RelusOnMainPathTest {

    @ParameterizedTest
    @EnumSource(names = {"RESSTAGE", "IRESNET", "IRESGROUP", "IRESGROUPFIX"})
    void holdsFourRelusInAStagedNetworkOfAnyDepth(Family family) {
        for (int depth : Networks.imageNetDepths(family)) {
            Architecture network = Networks.imageNet(family, depth);
            assertThat(Inventory.relusOnMainPath(network, ReluForm.PAPER)).isEqualTo(4);
            assertThat(Inventory.relusOnMainPath(network, ReluForm.AUTHORS)).isEqualTo(8);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"RESNET", "RESGROUP", "RESGROUPFIX"})
    void holdsAReluABlockInTheOriginalOrder(Family family) {
        for (int depth : Networks.imageNetDepths(family)) {
            Architecture network = Networks.imageNet(family, depth);
            int blocks = network.backbone().stages().stream().mapToInt(Stage::blocks).sum();
            assertThat(Inventory.relusOnMainPath(network, ReluForm.PAPER)).isEqualTo(blocks);
        }
    }

    @ParameterizedTest
    @EnumSource(ReluForm.class)
    void holdsNoneInPreActivation(ReluForm form) {
        assertThat(Inventory.relusOnMainPath(Networks.named("preactresnet200"), form)).isZero();
    }
}
