package dev.iresnet.cli.inspection;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.cli.option.Json;
import dev.iresnet.model.loading.BlockProbe.BlockStrength;
import java.util.List;
import java.util.Locale;

/**
 * The blocks of a network, stage by stage, with what each adds to its shortcut.
 *
 * @param samples that were run
 * @param blocks from input to output
 */
record BlockTree(String samples, List<BlockStrength> blocks) {
    /** A block that adds less than this part of its shortcut counts as switched off. */
    static final double OFF = 0.01;

    private static final int BAR = 30;

    BlockTree {
        blocks = List.copyOf(blocks);
    }

    String toText() {
        long off = blocks.stream().filter(BlockTree::isOff).count();
        StringBuilder text = new StringBuilder();
        text.append(
                String.format(
                        Locale.ROOT,
                        "blocks     ||residual|| / ||shortcut||, over %s%n"
                                + "           %d of %d below %.2f, as good as switched off%n",
                        samples,
                        off,
                        blocks.size(),
                        OFF));
        int stage = 0;
        for (BlockStrength block : blocks) {
            if (block.stage() != stage) {
                stage = block.stage();
                text.append(String.format("  layer%d%n", stage));
            }
            text.append(row(block));
        }
        return text.toString();
    }

    private static String row(BlockStrength block) {
        int bar = (int) Math.round(BAR * Math.min(1, block.ratio()));
        String mark = isOff(block) ? "off" : "#".repeat(bar) + (block.ratio() > 1 ? ">" : "");
        return String.format(Locale.ROOT, "    %-4d %8.4f  %s", block.block(), block.ratio(), mark)
                        .stripTrailing()
                + System.lineSeparator();
    }

    private static boolean isOff(BlockStrength block) {
        return block.ratio() < OFF;
    }

    ObjectNode toJson() {
        ObjectNode json = Json.object().put("samples", samples);
        ArrayNode array = json.putArray("blocks");
        for (BlockStrength block : blocks) {
            ObjectNode node = array.addObject().put("name", block.name());
            Json.put(node, "ratio", block.ratio());
            Json.put(node, "residual", block.residual());
            Json.put(node, "shortcut", block.shortcut());
            node.put("off", isOff(block));
        }
        return json;
    }
}
