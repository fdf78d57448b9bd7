package dev.iresnet.model.export;

import dev.iresnet.zoo.Architecture;
import dev.iresnet.zoo.Inventory;
import dev.iresnet.zoo.Weight;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The weights of a network for pictures as those of its form for clips (Carreira and Zisserman
 * 2017, section 2.4): a kernel that sees so many frames is repeated so often and divided by their
 * number. So a clip of equal frames has the features of the picture, but for the edges, where the
 * first and the last frames meet the padding.
 */
public final class InflatedWeights implements WeightSource {
    private static final int CLIP_KERNEL = 5;

    private final WeightSource flat;
    private final Map<String, Weight> weights = new HashMap<>();

    /**
     * @param network for clips
     * @param flat of the same network for pictures
     */
    public InflatedWeights(Architecture network, WeightSource flat) {
        this.flat = flat;
        Inventory.weights(network).forEach(weight -> weights.put(weight.key(), weight));
    }

    @Override
    public float[] read(String key) {
        float[] values = flat.read(key);
        Weight weight = weights.get(key);
        return weight == null || weight.shape().size() != CLIP_KERNEL
                ? values
                : repeated(values, weight.shape());
    }

    /** (out, in, k, k) to (out, in, t, k, k). */
    private static float[] repeated(float[] values, List<Integer> shape) {
        int frames = shape.get(2);
        int window = shape.get(3) * shape.get(4);
        float[] repeated = new float[values.length * frames];
        for (int i = 0; i < repeated.length; i++) {
            int kernel = i / window / frames;
            repeated[i] = values[kernel * window + i % window] / frames;
        }
        return repeated;
    }
}
