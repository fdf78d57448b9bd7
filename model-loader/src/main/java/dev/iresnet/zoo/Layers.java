package dev.iresnet.zoo;

/**
 * What a network is made of. A layer with parameters is named as in the authors' checkpoints, so
 * that {@code layer1.0.conv1} owns {@code layer1.0.conv1.weight}; the others are named after the
 * block that they stand in.
 *
 * @param <T> a signal between layers
 */
public interface Layers<T> {

    /** A convolution without bias; parameter {@code weight}. */
    T conv(String name, T x, Convolution convolution);

    /**
     * Batch normalisation over channels, epsilon 1e-5; parameters {@code weight} and {@code bias},
     * statistics {@code running_mean} and {@code running_var}.
     */
    T norm(String name, T x);

    T relu(String name, T x);

    /** Max-pool, padded by {@link Window#padding} of its kernel with minus infinity. */
    T maxPool(String name, T x, Window kernel, Window stride);

    /**
     * The sum that makes a block residual.
     *
     * @param shortcut the main path
     * @param residual what the block adds to it
     */
    T add(String name, T shortcut, T residual);

    /** Mean over frames, height and width. */
    T globalMean(String name, T x);

    /** Fully connected layer; parameters {@code weight} and {@code bias}. */
    T dense(String name, T x, int outputs);

    int channels(T x);
}
