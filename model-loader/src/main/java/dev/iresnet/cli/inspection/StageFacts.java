package dev.iresnet.cli.inspection;

import dev.iresnet.zoo.Architecture;
import dev.iresnet.zoo.Inventory;
import dev.iresnet.zoo.Stage;
import dev.iresnet.zoo.Weight;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What a stage consists of.
 *
 * @param number from 1
 * @param blocks in a row
 * @param width channels of the 3x3 convolutions
 * @param groups of the 3x3 convolutions
 * @param outputs channels that leave the stage
 * @param parameters of all its blocks
 */
record StageFacts(int number, int blocks, int width, int groups, int outputs, long parameters) {

    static List<StageFacts> of(Architecture network) {
        List<Weight> weights = Inventory.weights(network);
        return IntStream.rangeClosed(1, network.backbone().stages().size())
                .mapToObj(number -> of(network, number, weights))
                .toList();
    }

    private static StageFacts of(Architecture network, int number, List<Weight> weights) {
        Stage stage = network.backbone().stages().get(number - 1);
        long parameters =
                weights.stream()
                        .filter(Weight::trained)
                        .filter(weight -> weight.key().startsWith("layer" + number + "."))
                        .mapToLong(Weight::size)
                        .sum();
        return new StageFacts(
                number, stage.blocks(), stage.width(), stage.groups(), stage.outputs(), parameters);
    }

    /**
     * In a line.
     *
     * @param unit of the blocks
     */
    String toText(String unit) {
        return String.format(
                Locale.ROOT,
                "layer%d: %d %s block%s, width %d%s, %d channels out, %,d parameters",
                number,
                blocks,
                unit,
                blocks == 1 ? "" : "s",
                width,
                groups == 1 ? "" : " in " + groups + " groups",
                outputs,
                parameters);
    }
}
