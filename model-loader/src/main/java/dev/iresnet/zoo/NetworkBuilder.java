package dev.iresnet.zoo;

import java.util.List;

/**
 * Reads an {@link Architecture} and lays its layers, from input to logits. The one place that knows
 * how a block is put together, and under which key each layer is found in a checkpoint.
 *
 * @param <T> see {@link Layers}
 */
public final class NetworkBuilder<T> {
    private final Architecture network;
    private final ReluForm form;
    private final Layers<T> nn;

    public NetworkBuilder(Architecture network, ReluForm form, Layers<T> layers) {
        this.network = network;
        this.form = form;
        this.nn = layers;
    }

    /** From a normalised image of three channels to logits. */
    public T logits(T image) {
        T x = stem(image);
        for (int stage = 0; stage < network.stages().size(); stage++) {
            x = stage(x, stage);
        }
        if (order().activatesFirst()) {
            x = nn.relu("relu2", nn.norm("bn2", x));
        }
        return nn.dense("fc", nn.globalMean("avgpool", x), network.classes());
    }

    private T stem(T image) {
        Stem.Form stem = network.stem().form();
        Conv conv = Conv.plain(stem.kernel, network.stem().width(), stem.stride);
        T x = nn.relu("relu", nn.norm("bn1", nn.conv("conv1", image, conv)));
        return stem.pooled ? nn.maxPool("maxpool", x, 2) : x;
    }

    private T stage(T x, int number) {
        Stage stage = network.stages().get(number);
        int stride = network.stride(number);
        for (int i = 0; i < stage.blocks(); i++) {
            String name = "layer" + (number + 1) + "." + i;
            List<Conv> convs = network.style().unit().convs(stage, i == 0 ? stride : 1);
            x = block(x, new Block(name, convs, i, i == stage.blocks() - 1));
        }
        return x;
    }

    private T block(T x, Block block) {
        T opened = open(x, block);
        T residual = residual(opened, block);
        T shortcut = shortcut(x, opened, block);
        return switch (order()) {
            case POST_ACTIVATION ->
                    nn.relu(block.relu(), sum(shortcut, closingNorm(residual, block), block));
            case PRE_ACTIVATION, BOTH_PRE_ACTIVATION -> sum(shortcut, residual, block);
            case STAGED -> staged(shortcut, residual, block);
        };
    }

    private T staged(T shortcut, T residual, Block block) {
        if (block.first()) {
            return sum(shortcut, closingNorm(residual, block), block);
        }
        T sum = sum(shortcut, residual, block);
        return block.last() ? nn.relu(block.relu(), closingNorm(sum, block)) : sum;
    }

    private T sum(T shortcut, T residual, Block block) {
        return nn.add(block.name() + ".add", shortcut, residual);
    }

    private T closingNorm(T x, Block block) {
        return nn.norm(block.norm(block.convs().size()), x);
    }

    /** What comes before the block's first convolution. */
    private T open(T x, Block block) {
        return switch (order()) {
            case POST_ACTIVATION -> x;
            case STAGED -> {
                if (block.first()) {
                    yield x;
                }
                // the Start's output is normalised already
                T normed = block.index() == 1 ? x : nn.norm(block.norm(0), x);
                yield nn.relu(block.relu(1), normed);
            }
            // the stem has just normalised and activated
            case PRE_ACTIVATION, BOTH_PRE_ACTIVATION ->
                    block.name().equals("layer1.0")
                            ? x
                            : nn.relu(block.relu(1), nn.norm(block.norm(1), x));
        };
    }

    private T residual(T opened, Block block) {
        List<Conv> convs = block.convs();
        T y = nn.conv(block.conv(1), opened, convs.get(0));
        for (int k = 2; k <= convs.size(); k++) {
            int norm = order().activatesFirst() ? k : k - 1;
            y = nn.relu(block.relu(k), nn.norm(block.norm(norm), y));
            y = nn.conv(block.conv(k), y, convs.get(k - 1));
        }
        return y;
    }

    private T shortcut(T x, T opened, Block block) {
        if (!block.first()) {
            boolean inPlace = order() == BlockOrder.STAGED && form == ReluForm.AUTHORS;
            return inPlace && block.index() == 1 ? opened : x;
        }
        boolean wider = nn.channels(x) != block.outputs();
        if (!wider && block.stride() == 1) {
            return x;
        }
        T from = order() == BlockOrder.BOTH_PRE_ACTIVATION ? opened : x;
        return project(from, wider, block);
    }

    private T project(T x, boolean wider, Block block) {
        String name = block.name() + ".downsample.";
        boolean pooled = network.style().shortcut() == Shortcut.POOLED && block.stride() > 1;
        T y = pooled ? nn.maxPool(name + 0, x, block.stride()) : x;
        if (pooled && !wider) {
            return y;
        }
        int at = pooled ? 1 : 0;
        y = nn.conv(name + at, y, Conv.plain(1, block.outputs(), pooled ? 1 : block.stride()));
        return order().activatesFirst() ? y : nn.norm(name + (at + 1), y);
    }

    private BlockOrder order() {
        return network.style().order();
    }

    /** A block's place, and the names of its layers. */
    private record Block(String name, List<Conv> convs, int index, boolean last) {
        boolean first() {
            return index == 0;
        }

        int stride() {
            return convs.stream().mapToInt(Conv::stride).max().orElseThrow();
        }

        int outputs() {
            return convs.get(convs.size() - 1).filters();
        }

        String conv(int number) {
            return name + ".conv" + number;
        }

        String norm(int number) {
            return name + ".bn" + number;
        }

        /** The ReLU before convolution {@code number}. */
        String relu(int number) {
            return name + ".relu" + number;
        }

        /** The ReLU over the sum. */
        String relu() {
            return name + ".relu";
        }
    }
}
