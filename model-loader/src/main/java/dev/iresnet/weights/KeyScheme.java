package dev.iresnet.weights;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How programs call the layers of a network. Each gives the name that {@link
 * dev.iresnet.zoo.NetworkBuilder} has for a layer; a key that belongs to none stays as it is.
 */
enum KeyScheme {
    /** The authors', and that of torchvision's networks for pictures. */
    AUTHORS("layer1.0.conv1.weight"),
    /** Of torchvision's networks for clips: a convolution and its norm are one sequence. */
    TORCHVISION_VIDEO(
            "layer1.0.conv1.0.weight",
            new Rename("stem\\.0\\.(.*)", "conv1.$1"),
            new Rename("stem\\.1\\.(.*)", "bn1.$1"),
            new Rename("(layer\\d+\\.\\d+)\\.conv(\\d)\\.0\\.(weight)", "$1.conv$2.$3"),
            new Rename("(layer\\d+\\.\\d+)\\.conv(\\d)\\.1\\.(.*)", "$1.bn$2.$3")),
    /** Of pytorchvideo's {@code create_resnet}. */
    PYTORCHVIDEO(
            "blocks.1.res_blocks.0.branch2.conv_a.weight",
            new Rename("blocks\\.0\\.conv\\.(.*)", "conv1.$1"),
            new Rename("blocks\\.0\\.norm\\.(.*)", "bn1.$1"),
            new Rename(
                    "blocks\\.(\\d+)\\.res_blocks\\.(\\d+)\\.branch1_conv\\.(.*)",
                    "layer$1.$2.downsample.0.$3"),
            new Rename(
                    "blocks\\.(\\d+)\\.res_blocks\\.(\\d+)\\.branch1_norm\\.(.*)",
                    "layer$1.$2.downsample.1.$3"),
            new Rename(
                    "blocks\\.(\\d+)\\.res_blocks\\.(\\d+)\\.branch2\\.conv_a\\.(weight)",
                    "layer$1.$2.conv1.$3"),
            new Rename(
                    "blocks\\.(\\d+)\\.res_blocks\\.(\\d+)\\.branch2\\.conv_b\\.(weight)",
                    "layer$1.$2.conv2.$3"),
            new Rename(
                    "blocks\\.(\\d+)\\.res_blocks\\.(\\d+)\\.branch2\\.conv_c\\.(weight)",
                    "layer$1.$2.conv3.$3"),
            new Rename(
                    "blocks\\.(\\d+)\\.res_blocks\\.(\\d+)\\.branch2\\.norm_a\\.(.*)",
                    "layer$1.$2.bn1.$3"),
            new Rename(
                    "blocks\\.(\\d+)\\.res_blocks\\.(\\d+)\\.branch2\\.norm_b\\.(.*)",
                    "layer$1.$2.bn2.$3"),
            new Rename(
                    "blocks\\.(\\d+)\\.res_blocks\\.(\\d+)\\.branch2\\.norm_c\\.(.*)",
                    "layer$1.$2.bn3.$3"),
            new Rename("blocks\\.5\\.proj\\.(.*)", "fc.$1"));

    private final String firstBlock;

    @SuppressWarnings("ImmutableEnumChecker") // records of patterns, which do not change
    private final List<Rename> renames;

    KeyScheme(String firstBlock, Rename... renames) {
        this.firstBlock = firstBlock;
        this.renames = List.of(renames);
    }

    /** The key that no network of this scheme is without; a network's prefix stands before it. */
    String firstBlock() {
        return firstBlock;
    }

    String name(String key) {
        for (Rename rename : renames) {
            Matcher matcher = rename.key.matcher(key);
            if (matcher.matches()) {
                return matcher.replaceAll(rename.name);
            }
        }
        return key;
    }

    private record Rename(Pattern key, String name) {
        Rename(String key, String name) {
            this(Pattern.compile(key), name);
        }
    }
}
