package dev.iresnet.zoo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads an {@link Architecture} and lays its layers, from input to logits. The one place that knows
 * how a block is put together, and under which key each layer is found in a checkpoint.
 *
 * @param <T> see {@link Layers}
 */
public final class NetworkBuilder<T> {
    private final Architecture network;
    private final Backbone backbone;
    private final ReluForm form;
    private final Layers<T> nn;

    public NetworkBuilder(Architecture network, ReluForm form, Layers<T> layers) {
        this.network = network;
        this.backbone = network.backbone();
        this.form = form;
        this.nn = layers;
    }

    /**
     * From a normalised input of three channels to what the head gives: the logits of a classifier,
     * [N,classes]; offsets, [N,4,boxes], and logits, [N,classes + 1,boxes], of a detector.
     */
    public List<T> outputs(T input) {
        if (network.head() instanceof Head.Ssd ssd) {
            List<T> features = features(input);
            return new SsdBuilder<>(ssd, nn).outputs(features.get(features.size() - 1));
        }
        return List.of(logits(input));
    }

    /** From a normalised input of three channels to the logits of a classifier. */
    public T logits(T input) {
        List<T> features = features(input);
        return head(features.get(features.size() - 1));
    }

    /** From a normalised input of three channels to the output of each stage, in order. */
    public List<T> features(T input) {
        List<T> features = new ArrayList<>();
        T x = stem(input);
        for (int stage = 0; stage < backbone.stages().size(); stage++) {
            x = stage(x, stage);
            features.add(x);
        }
        if (order().activatesFirst()) {
            features.set(features.size() - 1, nn.relu("relu2", nn.norm("bn2", x)));
        }
        return features;
    }

    /** From the last stage's output to logits. */
    public T head(T features) {
        return nn.dense("fc", nn.globalMean("avgpool", features), network.classes());
    }

    private T stem(T input) {
        T x = nn.relu("relu", nn.norm("bn1", nn.conv("conv1", input, backbone.stemConvolution())));
        return backbone.stem().form().isPooled()
                ? nn.maxPool("maxpool", x, backbone.poolKernel(), backbone.poolStride())
                : x;
    }

    private T stage(T x, int number) {
        int blocks = backbone.stages().get(number).blocks();
        for (int i = 0; i < blocks; i++) {
            String name = "layer" + (number + 1) + "." + i;
            Optional<Window> pool =
                    i == 0 && backbone.poolsInShortcut(number)
                            ? Optional.of(backbone.kernel(number))
                            : Optional.empty();
            List<Convolution> convs = backbone.convolutions(number, i);
            x = block(x, new Block(name, convs, i, i == blocks - 1, pool));
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
        List<Convolution> convs = block.convs();
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
        if (!wider && !block.shrinks() && !block.pools()) {
            return x;
        }
        T from = order() == BlockOrder.BOTH_PRE_ACTIVATION ? opened : x;
        return project(from, wider, block);
    }

    private T project(T x, boolean wider, Block block) {
        String name = block.name() + ".downsample.";
        boolean pooled = block.pools();
        T y = pooled ? nn.maxPool(name + 0, x, block.pool().orElseThrow(), block.stride()) : x;
        if (pooled && !wider) {
            return y;
        }
        int at = pooled ? 1 : 0;
        Window stride = pooled ? Window.ONE : block.stride();
        y = nn.conv(name + at, y, Convolution.pointwise(block.outputs(), stride));
        return order().activatesFirst() ? y : nn.norm(name + (at + 1), y);
    }

    private BlockOrder order() {
        return backbone.style().order();
    }

    /**
     * A block's place, and the names of its layers.
     *
     * @param pool kernel of the max-pool in its shortcut, if there is one
     */
    private record Block(
            String name, List<Convolution> convs, int index, boolean last, Optional<Window> pool) {
        boolean pools() {
            return pool.isPresent();
        }

        boolean first() {
            return index == 0;
        }

        boolean shrinks() {
            return !stride().equals(Window.ONE);
        }

        /** Of the one convolution that has any. */
        Window stride() {
            return convs.stream()
                    .map(Convolution::stride)
                    .filter(stride -> !stride.equals(Window.ONE))
                    .findFirst()
                    .orElse(Window.ONE);
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
