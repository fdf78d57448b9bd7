package dev.iresnet.cli.importing;

import dev.iresnet.image.Preprocessing;
import dev.iresnet.image.Preprocessing.ChannelOrder;
import dev.iresnet.model.export.WeightSource;
import dev.iresnet.weights.Checkpoint;
import dev.iresnet.weights.Recognition;
import dev.iresnet.weights.TensorShape;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A checkpoint's weights for the network that is served, which takes RGB and gives two scores or
 * more.
 *
 * <p>A stem of one channel sees the grey of RGB, 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601, as
 * Pillow's mode L, but not rounded to 8 bits): its filters are spread over three channels in that
 * proportion. A network of one output z says whether something is there or not: it is given a
 * second, constant output before it, since softmax(0, z) = (1 - sigmoid(z), sigmoid(z)).
 *
 * @param checkpoint that is read
 * @param grey whether its stem has one channel
 * @param single whether it has one output
 */
record ServedWeights(Checkpoint checkpoint, boolean grey, boolean single) implements WeightSource {
    private static final float[] LUMA = {0.299f, 0.587f, 0.114f};

    static ServedWeights of(Checkpoint checkpoint, Recognition recognition) {
        return new ServedWeights(
                checkpoint, recognition.grey(), recognition.network().classes() == 1);
    }

    /**
     * A rule that fits the stem.
     *
     * @param file for messages
     * @throws IllegalArgumentException if a stem of one channel would see channels that were
     *     normalised or ordered each in its own way
     */
    Preprocessing checked(Preprocessing rule, Path file) {
        boolean even =
                Stream.of(rule.mean(), rule.std())
                        .allMatch(v -> v.stream().distinct().count() == 1);
        if (grey && !even) {
            throw new IllegalArgumentException(
                    file
                            + " takes one channel: say by --mean and --std, one number each, how"
                            + " its pictures were normalised");
        }
        if (grey && rule.channelOrder() != ChannelOrder.RGB) {
            throw new IllegalArgumentException(
                    file + " takes one channel: --channel-order BGR has no place");
        }
        return rule;
    }

    @Override
    public float[] read(String key) {
        float[] values = checkpoint.read(key);
        if (grey && key.equals("conv1.weight")) {
            return overChannels(values);
        }
        return single && key.startsWith("fc.") ? behindZeros(values) : values;
    }

    /** (out, 1, 7, 7) to (out, 3, 7, 7). */
    private float[] overChannels(float[] values) {
        TensorShape stem = Objects.requireNonNull(checkpoint.shapes().get("conv1.weight"));
        int window = stem.dim(2) * stem.dim(3);
        float[] spread = new float[values.length * LUMA.length];
        for (int i = 0; i < spread.length; i++) {
            int filter = i / window / LUMA.length;
            int channel = i / window % LUMA.length;
            spread[i] = LUMA[channel] * values[filter * window + i % window];
        }
        return spread;
    }

    private static float[] behindZeros(float[] values) {
        float[] rows = new float[2 * values.length];
        System.arraycopy(values, 0, rows, values.length, values.length);
        return rows;
    }
}
