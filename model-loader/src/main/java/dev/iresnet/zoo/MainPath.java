package dev.iresnet.zoo;

/**
 * Follows the signal along the shortcuts, through all stages: the paper's argument is about what
 * stands in its way there.
 */
public final class MainPath {
    private MainPath() {}

    /** ReLUs on the main path between stem and head. */
    public static int relus(Architecture network, ReluForm form) {
        return new NetworkBuilder<>(network, form, new Tracer()).logits(new Signal(3, 0)).relus;
    }

    private record Signal(int channels, int relus) {
        Signal widened(int channelsOut) {
            return new Signal(channelsOut, relus);
        }
    }

    private static final class Tracer implements Layers<Signal> {
        @Override
        public Signal conv(String name, Signal x, Conv conv) {
            return x.widened(conv.filters());
        }

        @Override
        public Signal norm(String name, Signal x) {
            return x;
        }

        @Override
        public Signal relu(String name, Signal x) {
            return name.startsWith("layer") ? new Signal(x.channels, x.relus + 1) : x;
        }

        @Override
        public Signal maxPool(String name, Signal x, int stride) {
            return x;
        }

        @Override
        public Signal add(String name, Signal shortcut, Signal residual) {
            return shortcut;
        }

        @Override
        public Signal globalMean(String name, Signal x) {
            return x;
        }

        @Override
        public Signal dense(String name, Signal x, int outputs) {
            return x.widened(outputs);
        }

        @Override
        public int channels(Signal x) {
            return x.channels;
        }
    }
}
