package dev.iresnet.model.export;

import dev.iresnet.zoo.Architecture;
import dev.iresnet.zoo.Inventory;
import dev.iresnet.zoo.Weight;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * Random weights of a network that was never trained, equal for equal seeds whatever the order of
 * reading. Scaled so that signals of the deepest networks stay finite: He's initialisation, and a
 * block's last convolution divided by the root of the stage's blocks, as nothing in a staged
 * network normalises the sum that runs through a stage.
 */
public final class SeededWeights implements WeightSource {
    private static final Pattern BLOCK = Pattern.compile("layer(\\d+)\\.\\d+\\.conv(\\d)\\..*");

    private final Architecture network;
    private final long seed;
    private final Map<String, Weight> weights = new HashMap<>();

    public SeededWeights(Architecture network, long seed) {
        this.network = network;
        this.seed = seed;
        Inventory.weights(network).forEach(weight -> weights.put(weight.key(), weight));
    }

    @Override
    public float[] read(String key) {
        Weight weight = weights.get(key);
        if (weight == null) {
            throw new IllegalArgumentException(network.name() + " has no variable " + key);
        }
        float[] values = new float[Math.toIntExact(weight.size())];
        if (weight.shape().size() > 1) {
            fill(values, deviation(weight), random(key));
        } else if (key.endsWith(".running_var") || key.endsWith(".weight")) {
            Arrays.fill(values, 1);
        }
        return values;
    }

    private double deviation(Weight weight) {
        double inputs = (double) weight.size() / weight.shape().get(0);
        double he = Math.sqrt(2 / inputs);
        Matcher block = BLOCK.matcher(weight.key());
        boolean predicts = weight.key().startsWith("loc.") || weight.key().startsWith("conf.");
        if (weight.shape().size() == 2 || predicts) {
            // softmax should not saturate: an untrained network should favour no class
            return 0.1 * he;
        }
        if (!block.matches()) {
            return he;
        }
        int last = network.backbone().style().unit().depth();
        int stage = Integer.parseInt(block.group(1)) - 1;
        return Integer.parseInt(block.group(2)) == last
                ? he / Math.sqrt(network.backbone().stages().get(stage).blocks())
                : he;
    }

    private SplittableRandom random(String key) {
        CRC32 crc = new CRC32();
        crc.update(key.getBytes(StandardCharsets.UTF_8));
        return new SplittableRandom(seed * 31 + crc.getValue());
    }

    /** Uniform, which is far cheaper than normal and as good here. */
    private static void fill(float[] values, double deviation, SplittableRandom random) {
        double bound = Math.sqrt(3) * deviation;
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (bound * (2 * random.nextDouble() - 1));
        }
    }
}
