package dev.iresnet.model.export;

/** Where a network's weights come from: a checkpoint, or a random generator. */
@FunctionalInterface
public interface WeightSource {

    /**
     * The values of one variable of {@link dev.iresnet.zoo.Inventory}.
     *
     * @param key for example {@code layer1.0.conv1.weight}
     * @return row-major, in PyTorch's layout: convolutions (out, in/groups, k, k), dense (out, in)
     */
    float[] read(String key);
}
