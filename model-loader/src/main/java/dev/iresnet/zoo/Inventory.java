package dev.iresnet.zoo;

import java.util.ArrayList;
import java.util.List;

/**
 * What a network consists of and costs, counted off its declaration.
 *
 * @param weights in the order in which the signal meets them
 * @param macs multiply-accumulates of convolutions and dense layer for one picture or clip
 */
public record Inventory(List<Weight> weights, long macs) {
    public Inventory {
        weights = List.copyOf(weights);
    }

    /** For square pictures of {@code side} pixels. */
    public static Inventory of(Architecture network, int side) {
        return of(network, Window.square(side));
    }

    /** For inputs of that size; a picture is one frame. */
    public static Inventory of(Architecture network, Window size) {
        Counter counter = new Counter();
        // both forms have the same weights and cost
        counter.run(network, ReluForm.PAPER, size);
        return new Inventory(counter.weights, counter.macs);
    }

    /** The weights alone; they do not depend on the size of the input. */
    public static List<Weight> weights(Architecture network) {
        return of(network, 1).weights();
    }

    /**
     * ReLUs between stem and head on the main path, which follows the shortcuts through all stages:
     * the paper's argument is about what stands in a signal's way there.
     */
    public static int relusOnMainPath(Architecture network, ReluForm form) {
        return new Counter().run(network, form, Window.ONE).relus;
    }

    /** Values that training sets: all but the running statistics. */
    public long parameters() {
        return weights.stream().filter(Weight::trained).mapToLong(Weight::size).sum();
    }

    /**
     * @param relus that it went through since the stem
     */
    private record Signal(int channels, Window size, int relus) {
        Signal with(int channelsOut, Window sizeOut) {
            return new Signal(channelsOut, sizeOut, relus);
        }
    }

    private static final class Counter implements Layers<Signal> {
        private final List<Weight> weights = new ArrayList<>();
        private long macs;
        private boolean clips;

        Signal run(Architecture network, ReluForm form, Window size) {
            clips = network.backbone().temporal().isPresent();
            return new NetworkBuilder<>(network, form, this).outputs(new Signal(3, size, 0)).get(0);
        }

        @Override
        public Signal conv(String name, Signal x, Convolution conv) {
            List<Integer> shape = new ArrayList<>();
            shape.add(conv.filters());
            shape.add(x.channels / conv.groups());
            Window kernel = conv.kernel();
            if (clips) {
                shape.add(kernel.t());
            }
            shape.add(kernel.h());
            shape.add(kernel.w());
            Weight weight = add(name + ".weight", shape, true);
            Signal y = x.with(conv.filters(), conv.over(x.size));
            macs += weight.size() * y.size.volume();
            return y;
        }

        @Override
        public Signal norm(String name, Signal x) {
            List<Integer> channels = List.of(x.channels);
            add(name + ".weight", channels, true);
            add(name + ".bias", channels, true);
            add(name + ".running_mean", channels, false);
            add(name + ".running_var", channels, false);
            return x;
        }

        @Override
        public Signal relu(String name, Signal x) {
            return name.startsWith("layer") ? new Signal(x.channels, x.size, x.relus + 1) : x;
        }

        @Override
        public Signal maxPool(String name, Signal x, Window kernel, Window stride) {
            return x.with(x.channels, x.size.over(stride));
        }

        @Override
        public Signal add(String name, Signal shortcut, Signal residual) {
            if (shortcut.channels != residual.channels || !shortcut.size.equals(residual.size)) {
                throw new IllegalStateException(name + ": " + shortcut + " and " + residual);
            }
            return shortcut;
        }

        @Override
        public Signal predictor(String name, Signal x, int filters) {
            Signal y = conv(name, x, Convolution.plain(Window.square(3), filters, Window.ONE));
            add(name + ".bias", List.of(filters), true);
            return y;
        }

        @Override
        public Signal boxes(String name, List<Signal> maps, int values) {
            int boxes = 0;
            for (Signal map : maps) {
                boxes += Math.toIntExact(map.channels / values * map.size.volume());
            }
            return maps.get(0).with(values, new Window(1, 1, boxes));
        }

        @Override
        public Signal globalMean(String name, Signal x) {
            return x.with(x.channels, Window.ONE);
        }

        @Override
        public Signal dense(String name, Signal x, int outputs) {
            macs += add(name + ".weight", List.of(outputs, x.channels), true).size();
            add(name + ".bias", List.of(outputs), true);
            return x.with(outputs, Window.ONE);
        }

        @Override
        public int channels(Signal x) {
            return x.channels;
        }

        private Weight add(String key, List<Integer> shape, boolean trained) {
            Weight weight = new Weight(key, shape, trained);
            weights.add(weight);
            return weight;
        }
    }
}
