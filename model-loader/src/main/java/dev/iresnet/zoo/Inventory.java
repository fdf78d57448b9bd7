package dev.iresnet.zoo;

import java.util.ArrayList;
import java.util.List;

/**
 * What a network consists of and costs, counted off its declaration.
 *
 * @param variables in the order in which the signal meets them
 * @param macs multiply-accumulates of convolutions and dense layer for one image
 */
public record Inventory(List<Variable> variables, long macs) {
    public Inventory {
        variables = List.copyOf(variables);
    }

    /** For square images of {@code side} pixels. */
    public static Inventory of(Architecture network, int side) {
        return of(network, side, side);
    }

    /** For images of {@code height} x {@code width} pixels. */
    public static Inventory of(Architecture network, int height, int width) {
        Counter counter = new Counter();
        // both forms have the same variables and cost
        new NetworkBuilder<>(network, ReluForm.PAPER, counter).logits(new Signal(3, height, width));
        return new Inventory(counter.variables, counter.macs);
    }

    /** The variables alone; they do not depend on the size of the image. */
    public static List<Variable> variables(Architecture network) {
        return of(network, 1).variables();
    }

    /** Values that training sets: all but the running statistics. */
    public long parameters() {
        return variables.stream().filter(Variable::trained).mapToLong(Variable::size).sum();
    }

    private record Signal(int channels, int height, int width) {
        Signal shrunk(int channelsOut, int stride) {
            return new Signal(
                    channelsOut, (height + stride - 1) / stride, (width + stride - 1) / stride);
        }
    }

    private static final class Counter implements Layers<Signal> {
        private final List<Variable> variables = new ArrayList<>();
        private long macs;

        @Override
        public Signal conv(String name, Signal x, Conv conv) {
            int k = conv.kernel();
            Variable weight =
                    trained(name + ".weight", conv.filters(), x.channels / conv.groups(), k, k);
            Signal y = x.shrunk(conv.filters(), conv.stride());
            macs += weight.size() * y.height * y.width;
            return y;
        }

        @Override
        public Signal norm(String name, Signal x) {
            trained(name + ".weight", x.channels);
            trained(name + ".bias", x.channels);
            add(new Variable(name + ".running_mean", List.of(x.channels), false));
            add(new Variable(name + ".running_var", List.of(x.channels), false));
            return x;
        }

        @Override
        public Signal relu(String name, Signal x) {
            return x;
        }

        @Override
        public Signal maxPool(String name, Signal x, int stride) {
            return x.shrunk(x.channels, stride);
        }

        @Override
        public Signal add(String name, Signal shortcut, Signal residual) {
            if (!shortcut.equals(residual)) {
                throw new IllegalStateException(name + ": " + shortcut + " and " + residual);
            }
            return shortcut;
        }

        @Override
        public Signal globalMean(String name, Signal x) {
            return new Signal(x.channels, 1, 1);
        }

        @Override
        public Signal dense(String name, Signal x, int outputs) {
            macs += trained(name + ".weight", outputs, x.channels).size();
            trained(name + ".bias", outputs);
            return new Signal(outputs, 1, 1);
        }

        @Override
        public int channels(Signal x) {
            return x.channels;
        }

        private Variable trained(String key, Integer... shape) {
            return add(new Variable(key, List.of(shape), true));
        }

        private Variable add(Variable variable) {
            variables.add(variable);
            return variable;
        }
    }
}
