package dev.iresnet.cli.importing;

import dev.iresnet.model.card.Network;
import dev.iresnet.zoo.Architecture;
import dev.iresnet.zoo.BlockOrder;
import dev.iresnet.zoo.Unit;
import java.util.ArrayList;
import java.util.List;

/**
 * What neither keys nor shapes of a checkpoint tell. Another network can have the very same, and
 * then the model answers, wrongly: so what was assumed is said at every import.
 */
final class Assumptions {
    private Assumptions() {}

    /**
     * Lines for the user.
     *
     * @param network that is assumed
     * @param weights of it
     * @param unchecked whether nothing is known to compare with
     * @param prepared whether the user has said how pictures are prepared
     */
    static List<String> of(
            Network network, ServedWeights weights, boolean unchecked, boolean prepared) {
        List<String> lines = new ArrayList<>();
        if (weights.grey()) {
            lines.add(
                    "Its stem has one channel: it is given the grey of RGB, .299 R .587 G .114 B");
        }
        if (weights.single()) {
            lines.add(
                    "It has one output, taken for the logit of the second of two labels (sigmoid)");
        }
        List<String> assumed = new ArrayList<>();
        if (unchecked) {
            addLayers(network.architecture(), assumed);
        }
        boolean clips = network.architecture().takesClips();
        if (clips && !prepared) {
            assumed.add("frames prepared as 'iresnet inspect' tells (--resize, --mean, --std)");
        } else if (!prepared) {
            assumed.add(
                    "pictures prepared as torchvision does (timm's weights: --preprocessing"
                            + " timm-a1)");
        }
        if (!assumed.isEmpty()) {
            lines.add("Names and shapes do not tell, so this is assumed:");
            assumed.forEach(line -> lines.add("  " + line));
        }
        if (unchecked) {
            lines.add(
                    "To be sure: --expect INPUT.npy LOGITS.npy, an input and what the network gave"
                            + " for it");
        }
        return lines;
    }

    private static void addLayers(Architecture network, List<String> assumed) {
        boolean staged = network.backbone().style().order() == BlockOrder.STAGED;
        if (network.backbone().style().unit() != Unit.BASIC) {
            assumed.add(
                    "the stride in the 3x3 convolution of a block, as torchvision has it (v1.5)"
                            + " and not in the first 1x1 (v1: Caffe, Keras)");
        }
        assumed.add("no dilation (networks for segmentation have some)");
        assumed.add(
                switch (network.backbone().stem().form()) {
                    case IMAGENET_POOLED ->
                            "a stem of stride 2 with a 3x3 max-pool of stride 2 behind it (some"
                                    + " scripts for small pictures take the pool out)";
                    case IMAGENET, UNPOOLED -> "a stem of stride 2 without a pool behind it";
                    case CIFAR -> "a stem of stride 1 without a pool behind it";
                });
        assumed.add("ReLUs, and 1e-5 for the norms' epsilon");
        network.backbone()
                .temporal()
                .ifPresent(
                        of ->
                                assumed.add(
                                        "strides "
                                                + of.strides()
                                                + " along the frames (--temporal-strides)"));
        if (staged) {
            assumed.add("the form of the shortcuts (--relu)");
        }
    }
}
